package io.guildhall.http.route.gig;

import io.guildhall.domain.gig.GigRejection;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.SuspensionProblems;
import io.guildhall.http.route.AggregateApi;

/** The problem for each rejection of a gig. */
public final class GigProblems {
    private GigProblems() {}

    public static Problem of(GigRejection rejection) {
        return switch (rejection) {
            // Callers without access must not learn that the gig exists.
            case NOT_POSTED, NOT_YOURS -> AggregateApi.notFound();
            case ALREADY_POSTED -> new Problem(409, "gig-exists", "The gig already exists. Read it instead.");
            case INVALID_PACKAGES ->
                new Problem(
                        422,
                        "packages-unsound",
                        "A gig has at most one package of each tier. Order them from BASIC to PREMIUM, in one currency and in"
                                + " ascending order of price (equal prices are allowed).");
            case NO_PACKAGE ->
                new Problem(422, "no-package", "A published gig needs at least one package. Add one first.");
            case MEDIA_NOT_YOURS ->
                new Problem(
                        422,
                        "media-not-yours",
                        "Media must be files that you have uploaded. Upload the file first and use its key.");
            case REVISION_MISMATCH -> AggregateApi.revisionMismatch("gig");
            case NOT_PUBLISHED ->
                new Problem(409, "gig-not-published", "The gig is a draft. Only a published gig can be paused.");
            case ALREADY_ARCHIVED ->
                new Problem(409, "gig-archived", "The gig is archived and cannot be changed. Post a new one.");
            case CALLER_SUSPENDED -> SuspensionProblems.caller();
            case COUNTERPART_SUSPENDED -> SuspensionProblems.counterparty();
        };
    }
}
