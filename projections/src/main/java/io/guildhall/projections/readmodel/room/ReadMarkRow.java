package io.guildhall.projections.readmodel.room;

import java.time.Instant;

/** @param number of the last message that the member has read */
public record ReadMarkRow(String accountId, long number, Instant at) {}
