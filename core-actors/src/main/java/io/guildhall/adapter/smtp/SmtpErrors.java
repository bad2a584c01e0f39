package io.guildhall.adapter.smtp;

import io.guildhall.port.Mailer.Result;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Maps errors of a mail server to results. */
final class SmtpErrors {
    private SmtpErrors() {}

    /** A reply of the server. */
    private record Reply(int code, String text) {}

    static Result result(Throwable failure) {
        var chain = chain(failure);
        // The server refuses the log-in and not the mail: an operator must correct the password.
        if (chain.stream().anyMatch(AuthenticationFailedException.class::isInstance))
            return new Result.Deferred("The mail server does not accept the user name and password.");
        return chain.stream()
                .map(SmtpErrors::reply)
                .flatMap(Optional::stream)
                .reduce((_, innermost) -> innermost)
                .map(SmtpErrors::result)
                .orElseGet(() -> new Result.Deferred(description(chain)));
    }

    private static Result result(Reply reply) {
        return StatusCode.isPermanent(reply.code, reply.text)
                ? new Result.Refused(reply.text, StatusCode.isAddressInvalid(reply.text))
                : new Result.Deferred(reply.text);
    }

    private static Optional<Reply> reply(Throwable failure) {
        return switch (failure) {
            case SMTPAddressFailedException e -> Optional.of(new Reply(e.getReturnCode(), text(e)));
            case SMTPSenderFailedException e -> Optional.of(new Reply(e.getReturnCode(), text(e)));
            case SMTPSendFailedException e -> Optional.of(new Reply(e.getReturnCode(), text(e)));
            default -> Optional.empty();
        };
    }

    private static String text(MessagingException e) {
        return String.valueOf(e.getMessage()).strip();
    }

    /** The failure with its causes, and for each the next one in JavaMail's own list. */
    private static List<Throwable> chain(Throwable failure) {
        var chain = new ArrayList<Throwable>();
        for (@Nullable Throwable it = failure; it != null && !chain.contains(it); it = next(it)) chain.add(it);
        return chain;
    }

    private static @Nullable Throwable next(Throwable failure) {
        return failure instanceof SendFailedException e && e.getNextException() != null
                ? e.getNextException()
                : failure.getCause();
    }

    /** Omits the messages of the library, which can contain the mail. */
    private static String description(List<Throwable> chain) {
        var last = chain.getLast();
        return last.getClass().getSimpleName() + ": " + last.getMessage();
    }
}
