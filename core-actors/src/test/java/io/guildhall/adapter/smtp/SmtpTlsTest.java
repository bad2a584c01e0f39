package io.guildhall.adapter.smtp;

import static io.guildhall.Await.result;
import static io.guildhall.adapter.smtp.SmtpFixture.MAIL;
import static io.guildhall.adapter.smtp.SmtpFixture.SENDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.adapter.smtp.SmtpServer.Encryption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mails over TLS to a server whose certificate the sender trusts. The sender is a JVM of its own, which trusts it as an
 * operator can have a node trust it: by a trust store.
 */
class SmtpTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    private static Path keys;
    private static SSLContext tls;

    @BeforeAll
    static void createCertificate() throws Exception {
        keys = folder.resolve("server.p12");
        run(
                program("keytool"),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-validity",
                "2",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD);
        tls = serverContext();
    }

    private static SSLContext serverContext() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var output = Files.createTempFile(folder, "output", ".txt");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    /** Runs in the JVM of the sender. */
    public static final class Sender {
        private Sender() {}

        public static void main(String[] args) {
            var server = SmtpFixture.server(Integer.parseInt(args[0]), Encryption.valueOf(args[1]));
            System.out.println(result(SmtpFixture.mailer(server, SENDER).send(MAIL)));
            System.exit(0);
        }
    }

    private static String send(int port, Encryption encryption, String... options)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program("java"), "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(options));
        command.addAll(List.of(Sender.class.getName(), Integer.toString(port), encryption.name()));
        return run(command.toArray(String[]::new));
    }

    private static String[] trusting() {
        return new String[] {"-Djavax.net.ssl.trustStore=" + keys, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD};
    }

    @Test
    void sendsOverTlsFromTheFirstByte() throws Exception {
        try (var server = ScriptedSmtpServer.withTls(tls)) {
            assertThat(send(server.port(), Encryption.TLS, trusting())).contains("Accepted");
            assertThat(server.commands).contains("DATA", ".").noneMatch(it -> it.equals("STARTTLS"));
        }
    }

    @Test
    void sendsAfterStartTls() throws Exception {
        try (var server = ScriptedSmtpServer.withStartTls(tls)) {
            assertThat(send(server.port(), Encryption.STARTTLS, trusting())).contains("Accepted");
            assertThat(server.commands).containsSubsequence("STARTTLS", "DATA", ".");
        }
    }

    @Test
    void sendsNothingAfterStartTlsToAServerThatIsNotTrusted() throws Exception {
        try (var server = ScriptedSmtpServer.withStartTls(tls)) {
            assertThat(send(server.port(), Encryption.STARTTLS)).contains("Deferred");
            assertThat(server.commands).noneMatch(it -> it.startsWith("MAIL"));
        }
    }
}
