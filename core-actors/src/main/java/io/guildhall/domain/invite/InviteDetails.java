package io.guildhall.domain.invite;

import java.time.Instant;

/**
 * An invite as it was sent.
 *
 * @param expiresAt the invite cannot be accepted at this time or later
 * @param number 1 for the first sending, increased each time the invite is sent again
 */
public record InviteDetails(
        Source source, String clientId, String freelancerId, Offer offer, Instant expiresAt, int number) {}
