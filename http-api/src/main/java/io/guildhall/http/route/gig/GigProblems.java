package io.guildhall.http.route.gig;

import io.guildhall.domain.gig.GigRejection;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;

/** What a caller is told where a gig refuses. */
public final class GigProblems {
    private GigProblems() {}

    public static Problem of(GigRejection reason) {
        return switch (reason) {
            // A stranger is not told that it exists.
            case NOT_POSTED, NOT_YOURS -> AggregateApi.notFound();
            case ALREADY_POSTED -> new Problem(409, "gig-exists", "This gig was posted before; read it instead.");
            case PACKAGES_UNSOUND ->
                new Problem(
                        422,
                        "packages-unsound",
                        "Packages go from BASIC to PREMIUM, one of each at most, in one currency, at prices that do not fall.");
            case NO_PACKAGE ->
                new Problem(422, "no-package", "Clients order packages: give the gig one before it goes on offer.");
            case MEDIA_NOT_YOURS -> new Problem(422, "media-not-yours", "Media are files that you have uploaded.");
            case CHANGED_MEANWHILE ->
                new Problem(
                        412, "precondition-failed", "It was changed meanwhile; read it again and repeat your edit.");
            case NOT_PUBLISHED -> new Problem(409, "gig-not-published", "It is a draft: there is nothing to pause.");
            case IS_ARCHIVED -> new Problem(409, "gig-archived", "An archived gig stays as it is; post a new one.");
        };
    }
}
