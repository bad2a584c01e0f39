package io.guildhall.domain.invite;

import java.time.Instant;

/**
 * An invite as it was sent.
 *
 * @param expiresAt from then on it cannot be accepted
 * @param number counts the sendings, from 1
 */
public record InviteDetails(
        Source source, String clientId, String freelancerId, Offer offer, Instant expiresAt, int number) {}
