package io.guildhall.projections.readmodel.contact;

import java.time.Instant;

/** @param accountId of the blocked account */
public record BlockRow(String accountId, Instant at) {}
