package io.guildhall.projections.view.search;

import java.time.Instant;

/** What an event of a job or gig changes in its document. */
sealed interface OfferChange {
    record Posted(String ownerId, Document content, Instant at) implements OfferChange {}

    record Edited(Document content, Instant at) implements OfferChange {}

    /** The job is now open or the gig active, or it is no longer. */
    record Offered(boolean isOffered, Instant at) implements OfferChange {}

    record None() implements OfferChange {}
}
