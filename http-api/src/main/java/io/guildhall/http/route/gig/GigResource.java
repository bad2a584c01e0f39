package io.guildhall.http.route.gig;

import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigDetails;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.http.endpoint.Versioned;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.projections.readmodel.gig.GigRow;
import io.guildhall.projections.readmodel.gig.GigStatus;
import java.util.List;

/** A gig as a web client sees it. */
public record GigResource(
        String id,
        String freelancerId,
        String title,
        String description,
        String category,
        List<String> tags,
        List<GigPackage> packages,
        List<String> media,
        GigStatus status,
        long revision)
        implements Versioned {

    public static GigResource of(String id, Gig gig) {
        return switch (gig) {
            case Gig.NotCreated _ -> throw AggregateApi.notFound();
            case Gig.Draft it -> of(id, it.listing(), GigStatus.DRAFT);
            case Gig.Active it -> of(id, it.listing(), GigStatus.ACTIVE);
            case Gig.Paused it -> of(id, it.listing(), GigStatus.PAUSED);
            case Gig.Archived it -> of(id, it.listing(), GigStatus.ARCHIVED);
        };
    }

    private static GigResource of(String id, Gig.Listing it, GigStatus status) {
        return of(id, it.freelancerId(), it.details(), status, it.revision());
    }

    public static GigResource of(GigRow row) {
        return of(row.id(), row.freelancerId(), row.details(), row.status(), row.revision());
    }

    private static GigResource of(String id, String freelancerId, GigDetails it, GigStatus status, long revision) {
        return new GigResource(
                id,
                freelancerId,
                it.title(),
                it.description(),
                it.category(),
                it.tags(),
                it.packages(),
                it.media(),
                status,
                revision);
    }
}
