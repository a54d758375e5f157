package org.labharness.pipeline.preflight;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.checkout.History.Change;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.DocumentLimits;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.Text;
import org.labharness.pipeline.evidence.LockFacts.Difference;
import org.labharness.pipeline.evidence.PipelineFacts;

/** Finds the commit since which a recorded dependency or parameter is another one. */
final class LockHistory {
    private final TreeView view;
    private final PipelineFacts pipeline;

    LockHistory(TreeView view, PipelineFacts pipeline) {
        this.view = view;
        this.pipeline = pipeline;
    }

    /** {@code  (since commit 0123456789 'Tune')}, or nothing where no commit can be named. */
    String since(Difference difference) {
        Optional<Change> change = switch (difference.kind()) {
            case DEPENDENCY, OUTPUT ->
                difference.recorded().matches("[0-9a-f]{32}")
                        ? view.history().since(difference.subject(), bytes -> isSum(bytes, difference.recorded()))
                        : Optional.empty();
            case PARAMETER -> parameter(difference);
            case COMMAND, STAGE_EXTRA, STAGE_MISSING, LINE_ENDINGS, LINK -> Optional.empty();
        };
        return change.map(found -> " (since commit " + found.id() + " '" + found.subject() + "')")
                .orElse("");
    }

    private Optional<Change> parameter(Difference difference) {
        return pipeline.stages().stream()
                .filter(stage -> stage.name().equals(difference.stage()))
                .flatMap(stage -> stage.params().entrySet().stream())
                .filter(entry -> entry.getValue().contains(difference.subject()))
                .map(Map.Entry::getKey)
                .filter(file -> Form.of(file) != Form.INI && !file.endsWith(".py"))
                .findFirst()
                .flatMap(file -> view.history().since(file, bytes -> isValue(bytes, file, difference)));
    }

    private static boolean isValue(byte[] bytes, String file, Difference difference) {
        String text = Text.decode(bytes).content();
        return Documents.parse(text, Form.of(file), DocumentLimits.DEFAULT)
                .document()
                .flatMap(doc -> doc.at(difference.subject()))
                .map(Doc::brief)
                .filter(difference.recorded()::equals)
                .isPresent();
    }

    /** Whether content has a sum as it is, or with other line endings. */
    private static boolean isSum(byte[] bytes, String sum) {
        if (md5(bytes).equals(sum)) {
            return true;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        return md5(text.getBytes(StandardCharsets.ISO_8859_1)).equals(sum)
                || md5(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1))
                        .equals(sum);
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
