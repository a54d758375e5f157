import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Puts the certificates of a PEM bundle beside those that the JDK trusts. Arguments: the bundle, the store to make. */
final class TrustStore {
    private TrustStore() {}

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        // Certificates are public, and a store without a password needs none on the command line.
        System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
        System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        KeyStore own = KeyStore.getInstance(Path.of(System.getProperty("java.home"), "lib/security/cacerts").toFile(), (char[]) null);
        Set<Certificate> certificates = new LinkedHashSet<>();
        for (String alias : Collections.list(own.aliases())) {
            certificates.add(own.getCertificate(alias));
        }
        try (InputStream bundle = Files.newInputStream(Path.of(arguments[0]))) {
            certificates.addAll(CertificateFactory.getInstance("X.509").generateCertificates(bundle));
        }
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("trusted-" + store.size(), certificate);
        }
        Path target = Path.of(arguments[1]);
        Path unfinished = Files.createTempFile(target.toAbsolutePath().getParent(), "new", ".p12");
        try (OutputStream out = Files.newOutputStream(unfinished)) {
            store.store(out, null);
        }
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
