package org.labharness.pipeline.environment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that nobody else knows, as companies have one, and a server certificate of it for 127.0.0.1. */
public final class OwnAuthority {
    private static final String WORD = "changeit";

    private final Path folder;
    private final Path keys;

    public OwnAuthority(Path folder) {
        this.folder = folder;
        keys = folder.resolve("server.p12");
        Path root = folder.resolve("authority.p12");
        keytool(
                root,
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-dname",
                "CN=A company",
                "-ext",
                "bc:c",
                "-ext",
                "ku=keyCertSign");
        keytool(root, "-exportcert", "-alias", "ca", "-rfc", "-file", bundle().toString());
        keytool(keys, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=127.0.0.1");
        keytool(keys, "-certreq", "-alias", "server", "-file", at("server.csr"));
        keytool(
                root,
                "-gencert",
                "-alias",
                "ca",
                "-rfc",
                "-infile",
                at("server.csr"),
                "-outfile",
                at("server.pem"),
                "-ext",
                "san=ip:127.0.0.1",
                "-ext",
                "eku=serverAuth");
        keytool(keys, "-importcert", "-noprompt", "-alias", "ca", "-file", bundle().toString());
        keytool(keys, "-importcert", "-noprompt", "-alias", "server", "-file", at("server.pem"));
    }

    /** The authority's own certificate, in PEM form. */
    public Path bundle() {
        return folder.resolve("company-ca.pem");
    }

    SSLContext context() {
        try (InputStream in = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, WORD.toCharArray());
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, WORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String at(String file) {
        return folder.resolve(file).toString();
    }

    private static void keytool(Path store, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", WORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
