package io.guildhall.projections.view.operatortask;

import io.guildhall.domain.discrepancy.Report;

/** What an operator does about a discrepancy that is not settled automatically. */
final class DiscrepancyRemedies {
    private static final String CLOSE = ", then close the task with a note.";

    private DiscrepancyRemedies() {}

    static String remedy(Report report) {
        return switch (report.kind()) {
            case SECOND_PAYMENT, WRONG_AMOUNT -> surplus(report);
            case UNKNOWN_PAYMENT ->
                switch (report.movement()) {
                    case CHARGE -> "If it belongs to no client, send it back with ./guildhall tasks retry.";
                    case TRANSFER, REFUND, NONE -> surplus(report);
                };
            case REVERSED ->
                switch (report.movement()) {
                    case CHARGE, NONE ->
                        "The platform no longer has the client's money: charge the client again" + CLOSE;
                    case TRANSFER -> "The freelancer has not received the money: pay it in another way" + CLOSE;
                    case REFUND -> "The client has not received the money: pay it back in another way" + CLOSE;
                };
            case FALSE_REPORT ->
                "Find out who has the webhook secret, rotate it" + CLOSE
                        + " It closes itself if the provider confirms the claim within a month.";
            case MISSING_PAYMENT ->
                "Ask the provider about it" + CLOSE
                        + " It closes itself if the provider confirms the payment within a month.";
            case OTHER_AMOUNT -> "Ask the provider which amount is right, and settle the difference" + CLOSE;
            case OUT_OF_BALANCE ->
                "Rebuild the ledger with ./guildhall rebuild ledger. If the next audit finds it again, it is a bug.";
        };
    }

    /** The program sends charges back; the provider has no way to take back what has left the platform. */
    private static String surplus(Report report) {
        return switch (report.movement()) {
            case CHARGE, NONE -> "The program sends it back.";
            case TRANSFER ->
                "The program cannot take a transfer back: reclaim it from the freelancer outside Guildhall" + CLOSE;
            case REFUND ->
                "The program cannot take a refund back: reclaim it from the client outside Guildhall" + CLOSE;
        };
    }
}
