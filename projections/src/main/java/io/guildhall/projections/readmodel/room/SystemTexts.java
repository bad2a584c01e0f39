package io.guildhall.projections.readmodel.room;

import io.guildhall.domain.room.SystemMessage;
import io.guildhall.kernel.Money;

/** The texts of system messages, for readers whose client does not know their kind. They can change. */
final class SystemTexts {
    private SystemTexts() {}

    static String text(SystemMessage message) {
        var title = "“" + message.title() + "”";
        var amount =
                message.amount().map(Money::text).map(it -> " (" + it + ")").orElse("");
        return switch (message.kind()) {
            case HIRED -> "The contract " + title + " was created.";
            case MILESTONE_FUNDED -> "Milestone " + title + " was funded" + amount + ". Work can start.";
            case WORK_SUBMITTED -> "Work was submitted for milestone " + title + ".";
            case CHANGES_REQUESTED -> "Changes were requested for milestone " + title + ".";
            case WORK_ACCEPTED -> "The work for milestone " + title + " was accepted.";
            case ACCEPTED_BY_SILENCE ->
                "The work for milestone " + title + " was accepted automatically at the end of the review period.";
            case MILESTONE_PAID -> "Milestone " + title + " was paid" + amount + ".";
            case REFUND_REQUESTED -> "A refund was requested for milestone " + title + amount + ".";
            case REFUND_DECLINED -> "The refund for milestone " + title + " was declined" + amount + ".";
            case REFUND_WITHDRAWN -> "The refund request for milestone " + title + " was withdrawn.";
            case SETTLEMENT_AGREED ->
                "The settlement of milestone " + title + " was decided. The client gets " + refund(message) + " back.";
            case MILESTONE_SETTLED ->
                "Milestone " + title + " was settled. The client got " + refund(message) + " back.";
            case CONTRACT_COMPLETED -> "The contract " + title + " was completed.";
            case CONTRACT_CANCELLED -> "The contract " + title + " was cancelled.";
        };
    }

    private static String refund(SystemMessage message) {
        return message.amount().map(Money::text).orElse("nothing");
    }
}
