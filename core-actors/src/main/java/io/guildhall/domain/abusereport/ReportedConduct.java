package io.guildhall.domain.abusereport;

import io.guildhall.kernel.Personal;
import java.util.Optional;

/**
 * What a member reports. Stored in events.
 *
 * @param accusedId the account id of the other member
 * @param message empty if the whole room is reported
 * @param reason in the words of the reporter
 */
public record ReportedConduct(
        String roomId,
        String reporterId,
        String accusedId,
        Optional<ReportedMessage> message,
        @Personal(of = "reporterId") String reason) {

    /** @param text as it was when it was reported: its author can change it later */
    public record ReportedMessage(
            String id,
            long number,
            @Personal(of = "accusedId") String text) {}
}
