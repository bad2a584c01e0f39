package io.guildhall.domain.escrow;

/**
 * A charge that the client has requested while another one had to be cancelled first.
 *
 * @param paymentMethod the provider's token for the client's card
 * @param request id of the client's request
 */
public record NextCharge(String paymentMethod, String request) {}
