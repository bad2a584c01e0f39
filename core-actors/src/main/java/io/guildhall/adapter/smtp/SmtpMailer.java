package io.guildhall.adapter.smtp;

import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.Mailer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.simplejavamail.MailException;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.converter.EmailConverter;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;
import org.simplejavamail.utils.mail.dkim.Canonicalization;
import org.simplejavamail.utils.mail.dkim.DkimMessage;
import org.simplejavamail.utils.mail.dkim.DkimSigner;
import org.simplejavamail.utils.mail.dkim.SigningAlgorithm;

/**
 * Sends e-mails to a mail server by SMTP, each over its own connection. Every mail has a Message-ID that is derived
 * from its id, and headers that suppress automatic replies. Errors of the server become results; only bugs are
 * exceptions.
 */
public final class SmtpMailer implements Mailer {
    /** RFC 3834. */
    private static final String AUTO_SUBMITTED = "Auto-Submitted";
    /** RFC 8058, which requires that both headers are signed. */
    private static final String UNSUBSCRIBE = "List-Unsubscribe";

    private static final String UNSUBSCRIBE_POST = "List-Unsubscribe-Post";
    /** In addition to the headers that are always signed. */
    private static final List<String> SIGNED_HEADERS =
            List.of("Message-ID", AUTO_SUBMITTED, UNSUBSCRIBE, UNSUBSCRIBE_POST);

    private static final Duration PERMIT_TIMEOUT = Duration.ofSeconds(30);
    /** An SMTP session has about ten responses. */
    private static final int RESPONSES = 4;

    private final org.simplejavamail.api.mailer.Mailer mailer;
    private final SmtpSender sender;
    private final ReturnPaths returnPaths;
    private final BoundedExecutor calls;

    public SmtpMailer(SmtpServer server, SmtpSender sender, ReturnPaths returnPaths, int maxConcurrent) {
        this.sender = sender;
        this.returnPaths = returnPaths;
        this.mailer = mailer(server);
        this.calls = new BoundedExecutor(
                "smtp",
                maxConcurrent,
                PERMIT_TIMEOUT,
                server.connectTimeout().plus(server.responseTimeout().multipliedBy(RESPONSES)));
    }

    private static org.simplejavamail.api.mailer.Mailer mailer(SmtpServer server) {
        var responseTimeout = Long.toString(server.responseTimeout().toMillis());
        var protocol = server.encryption() == SmtpServer.Encryption.TLS ? "smtps" : "smtp";
        var builder = MailerBuilder.withSMTPServerHost(server.host())
                .withSMTPServerPort(server.port())
                .withTransportStrategy(strategy(server.encryption()))
                .withSessionTimeout((int) server.responseTimeout().toMillis())
                .withProperty(
                        "mail." + protocol + ".connectiontimeout",
                        Long.toString(server.connectTimeout().toMillis()))
                .withProperty("mail." + protocol + ".timeout", responseTimeout)
                .withProperty("mail." + protocol + ".writetimeout", responseTimeout)
                .verifyingServerIdentity(true)
                .trustingAllHosts(false)
                .withDebugLogging(false);
        server.credentials()
                .ifPresent(it -> builder.withSMTPServerUsername(it.user()).withSMTPServerPassword(it.password()));
        return builder.buildMailer();
    }

    private static TransportStrategy strategy(SmtpServer.Encryption encryption) {
        return switch (encryption) {
            case TLS -> TransportStrategy.SMTPS;
            case STARTTLS -> TransportStrategy.SMTP_TLS;
            case NONE -> TransportStrategy.SMTP;
        };
    }

    @Override
    public CompletionStage<Result> send(Mail mail) {
        return calls.call(() -> {
            try {
                transmit(mail);
                return new Result.Accepted();
            } catch (MessagingException | MailException e) {
                return SmtpErrors.result(e);
            }
        });
    }

    /** Simple Java Mail could send it itself, but would not sign {@code List-Unsubscribe-Post}. */
    private void transmit(Mail mail) throws MessagingException {
        var session = mailer.getSession();
        var message = sign(EmailConverter.emailToMimeMessage(email(mail), session));
        sender.bounceAddress().ifPresent(it -> message.setEnvelopeFrom(returnPaths.address(it, mail.key())));
        try (var transport = session.getTransport()) {
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private SMTPMessage sign(MimeMessage message) throws MessagingException {
        if (sender.dkim().isEmpty()) return new SMTPMessage(message);
        var dkim = sender.dkim().get();
        try {
            var signer = new DkimSigner(dkim.domain(), dkim.selector(), new ByteArrayInputStream(dkim.privateKey()));
            signer.setSigningAlgorithm(SigningAlgorithm.SHA256_WITH_RSA);
            signer.setHeaderCanonicalization(Canonicalization.RELAXED);
            signer.setBodyCanonicalization(Canonicalization.RELAXED);
            signer.setLengthParam(false);
            SIGNED_HEADERS.forEach(signer::addHeaderToSign);
            // It would query the DNS for each mail, and the recipient does the same check.
            signer.setCheckDomainKey(false);
            return new DkimMessage(message, signer);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the DKIM key was checked when the node started", e);
        }
    }

    private Email email(Mail mail) {
        var builder = EmailBuilder.startingBlank()
                .fixingMessageId("<" + mail.key() + "@" + sender.domain() + ">")
                .from(sender.name(), sender.address())
                .to(mail.to())
                .withSubject(mail.subject())
                .withPlainText(mail.text())
                .withHTMLText(mail.html())
                .withHeader(AUTO_SUBMITTED, "auto-generated");
        mail.unsubscribe()
                .ifPresent(it -> builder.withHeader(UNSUBSCRIBE, "<" + it + ">")
                        .withHeader(UNSUBSCRIBE_POST, "List-Unsubscribe=One-Click"));
        return builder.buildEmail();
    }
}
