package io.guildhall.domain.mailaddress;

import static io.guildhall.domain.mailaddress.MailAddressRejection.REFUSED_RECENTLY;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.mailaddress.MailAddressCommand.*;
import io.guildhall.domain.mailaddress.MailAddressEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Duration;
import java.time.Instant;

/**
 * An e-mail address, and whether it accepts mail. An address that has refused a mail permanently gets no more mail
 * until its owner confirms it or requests to use it again. The id of the entity is the {@link
 * io.guildhall.domain.email.Email#id hash} of the e-mail address.
 */
public sealed interface MailAddress extends Journalled {
    Aggregate<MailAddress, MailAddressCommand, MailAddressEvent, MailAddressRejection> AGGREGATE = new Aggregate<>(
            "mail-address",
            MailAddress.class,
            MailAddressCommand.class,
            MailAddressEvent.class,
            MailAddressRejection.class,
            new Usable(),
            MailAddress::decide,
            MailAddress::evolve);

    /** The minimum time between a refusal and the owner's request to use the address again. */
    Duration MIN_PAUSE = Duration.ofHours(1);

    int MAX_REASON_LENGTH = 300;

    record Usable() implements MailAddress {}

    /** @param reason the response of the mail server, or its report */
    record Refusing(
            String accountId, @Personal(of = "accountId") String reason, Instant since) implements MailAddress {
        private Decision<MailAddressEvent, MailAddressRejection> handle(MailAddressCommand command, Instant now) {
            return switch (command) {
                case RecordRefusal _ -> accept();
                // An event that is read again must not end a later refusal.
                case Confirm confirm when confirm.at().isBefore(since) -> accept();
                case Confirm confirm -> accept(new Restored(confirm.accountId(), now));
                case UseAgain _ when now.isBefore(since.plus(MIN_PAUSE)) -> reject(REFUSED_RECENTLY);
                case UseAgain useAgain -> accept(new Restored(useAgain.accountId(), now));
            };
        }
    }

    default Decision<MailAddressEvent, MailAddressRejection> decide(MailAddressCommand command, Instant now) {
        return switch (this) {
            case Usable _ ->
                switch (command) {
                    case RecordRefusal refusal -> accept(new Refused(refusal.accountId(), cut(refusal.reason()), now));
                    case Confirm _, UseAgain _ -> accept();
                };
            case Refusing refusing -> refusing.handle(command, now);
        };
    }

    default MailAddress evolve(MailAddressEvent event) {
        return switch (this) {
            case Usable _ ->
                switch (event) {
                    case Refused refused -> new Refusing(refused.accountId(), refused.reason(), refused.at());
                    case Restored _ -> throw new CorruptJournalException(this, event);
                };
            case Refusing _ ->
                switch (event) {
                    case Restored _ -> new Usable();
                    case Refused _ -> throw new CorruptJournalException(this, event);
                };
        };
    }

    private static String cut(String reason) {
        if (reason.length() <= MAX_REASON_LENGTH) return reason;
        boolean isWithinCharacter = Character.isHighSurrogate(reason.charAt(MAX_REASON_LENGTH - 1));
        return reason.substring(0, isWithinCharacter ? MAX_REASON_LENGTH - 1 : MAX_REASON_LENGTH);
    }
}
