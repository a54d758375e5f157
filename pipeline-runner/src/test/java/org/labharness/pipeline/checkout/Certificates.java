package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** An authority that nobody knows, and the certificate that it gave to a server on loopback; made by the JDK's own tool. */
public final class Certificates {
    private static final String PASSWORD = "password";

    private final KeyStore keys;
    private final Path bundle;
    private final SSLContext server;

    private Certificates(KeyStore keys, Path bundle) throws GeneralSecurityException {
        this.keys = keys;
        this.bundle = bundle;
        server = server(keys);
    }

    public static Certificates make(Path folder) {
        return make(folder, "dns:localhost,ip:127.0.0.1");
    }

    /** @param names of the server, as keytool takes them */
    static Certificates make(Path folder, String names) {
        try {
            Path store = folder.resolve("keys.p12");
            pair(store, "authority", "-ext", "bc:c", "-ext", "ku=keyCertSign");
            pair(store, "localhost", "-signer", "authority", "-ext", "san=" + names, "-ext", "eku=serverAuth");
            Path bundle = folder.resolve("authority.pem");
            keytool(store, "-exportcert", "-rfc", "-alias", "authority", "-file", bundle.toString());
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            return new Certificates(keys, bundle);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no certificates could be made", e);
        }
    }

    private static void pair(Path store, String name, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name));
        arguments.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        arguments.addAll(List.of(more));
        keytool(store, arguments.toArray(String[]::new));
    }

    private static void keytool(Path store, String... arguments) throws IOException {
        Path log = store.resolveSibling("keytool.log");
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool") + ""));
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC")); // it runs for half a second
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(Files.readString(log));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The authority's certificate as PEM. */
    public Path bundle() {
        return bundle;
    }

    /** What the server shows. */
    public SSLContext ofServer() {
        return server;
    }

    private static SSLContext server(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        KeyManager all = factory.getKeyManagers()[0];
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new OnlyServer((X509ExtendedKeyManager) all)}, null, null);
        return context;
    }

    /** Trusts the authority and nobody else. */
    public SSLContext trusting() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", keys.getCertificate("authority"));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The store holds the authority's key too, which no server shows. */
    private static final class OnlyServer extends X509ExtendedKeyManager {
        private static final String ALIAS = "localhost";

        private final X509ExtendedKeyManager all;

        OnlyServer(X509ExtendedKeyManager all) {
            this.all = all;
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return all.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return all.getPrivateKey(alias);
        }
    }
}
