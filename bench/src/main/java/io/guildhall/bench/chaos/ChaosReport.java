package io.guildhall.bench.chaos;

import io.guildhall.bench.chaos.AuditData.EscrowTotals;
import io.guildhall.bench.client.ApiClient;
import java.util.List;

/** The result of a run, for the console. */
record ChaosReport(
        Chaos.Plan plan,
        AcknowledgedWrites.Snapshot writes,
        ApiClient api,
        NodeKiller killer,
        AuditData data,
        LiveListeners listeners) {
    void print(List<String> violations) {
        System.out.printf(
                """

                Chaos, seed %d
                  kills                               %d, one of %d nodes at a time; %d of them between the provider's response and its recording
                  nodes isolated                      %d, of which %d were removed by the others
                  nodes stopped with SIGTERM          %d; %d listeners were told with close code 1001
                  nodes with dropped packets          %d
                  hires completed                     %d
                  writes acknowledged                 %d, of which %d messages
                  requests repeated by the client     %d; responses with status 500: %d
                  listeners on the live API           %d; %d frames on %d channels received, connections lost and resumed: %d
                  in the journal                      %d messages, %d escrows: %d refunded in full, %d split
                  charged by the provider             %d times, %.2f
                  paid out by the provider            %d times, %.2f
                  refunded by the provider            %d times, %.2f
                  held by the provider for Guildhall  %.2f; fees in the ledger %.2f
                """,
                plan.seed(),
                killer.kills(),
                plan.nodes(),
                killer.killsWithUnrecordedCall(),
                killer.partitions(),
                killer.removals(),
                killer.stops(),
                listeners.goingAway(),
                killer.losses(),
                writes.completedHires().size(),
                writes.writes(),
                writes.messages().size(),
                api.retries(),
                api.internalErrors(),
                listeners.count(),
                listeners.frames(),
                listeners.channels(),
                listeners.resumed(),
                data.recordedMessages().size(),
                data.escrows().size(),
                data.escrowsWhere(EscrowTotals::isRefunded),
                data.escrowsWhere(EscrowTotals::isSplit),
                data.charges().size(),
                sum(data.charges()),
                data.transfers().size(),
                sum(data.transfers()),
                data.refunds().size(),
                sum(data.refunds()),
                data.providerBalance() / 100.0,
                -data.ledger().getOrDefault("revenue:fees", 0L) / 100.0);
        if (violations.isEmpty())
            System.out.println(
                    "  No acknowledged write lost, no money created or lost, no second charge, no second payout;"
                            + " every escrow settled, every sum zero,"
                            + " no live event lost, received twice or out of order,"
                            + " and the program's auditor agrees.\n");
        else {
            System.out.println("  VIOLATIONS:");
            violations.forEach(it -> System.out.println("    " + it));
        }
    }

    private static double sum(List<AuditData.ProviderMovement> movements) {
        return movements.stream().mapToLong(AuditData.ProviderMovement::amount).sum() / 100.0;
    }
}
