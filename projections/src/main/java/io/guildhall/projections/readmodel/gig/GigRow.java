package io.guildhall.projections.readmodel.gig;

import io.guildhall.domain.gig.GigDetails;
import java.time.Instant;

/**
 * A gig in a list.
 *
 * @param revision from 1
 */
public record GigRow(
        String id, String freelancerId, GigDetails details, GigStatus status, long revision, Instant postedAt) {}
