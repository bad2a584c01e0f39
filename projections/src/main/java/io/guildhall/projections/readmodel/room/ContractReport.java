package io.guildhall.projections.readmodel.room;

import io.guildhall.domain.room.SystemMessage;
import java.util.Optional;

/**
 * The contract event that a system message reports.
 *
 * @param milestone the number of the milestone; empty if the event concerns the whole contract
 */
public record ContractReport(SystemMessage.Kind kind, String contractId, Optional<Integer> milestone) {}
