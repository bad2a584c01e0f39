package io.guildhall.bench.chaos;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What journal, read model and provider contain after a failure test. All amounts are in cents.
 *
 * @param journal how often each event is in the journal
 * @param recordedMessages the messages in the journal, including duplicates
 * @param listedMessages the ids of the messages in the read model
 * @param jobTitles the titles of the jobs in the journal, including duplicates
 * @param escrows by id, from the events in the journal
 * @param charges the provider's successful charges
 * @param transfers the provider's paid transfers
 * @param refunds the provider's successful refunds
 * @param unbalancedMovements the number of the provider's movements whose entries do not sum up to zero
 * @param providerBalance what the provider holds for the platform
 * @param ledger the balance of each of the platform's ledger accounts; debits are positive
 * @param unbalancedEntries the number of ledger entries whose postings do not sum up to zero
 * @param differences entities that are in the journal only or in the read model only
 * @param contractStatuses by contract id, from the read model
 * @param pendingWork what is still due, undelivered or in progress
 */
record AuditData(
        Map<EventKey, Long> journal,
        List<RecordedMessage> recordedMessages,
        Set<String> listedMessages,
        List<String> jobTitles,
        Map<String, EscrowTotals> escrows,
        List<ProviderMovement> charges,
        List<ProviderMovement> transfers,
        List<ProviderMovement> refunds,
        long unbalancedMovements,
        long providerBalance,
        Map<String, Long> ledger,
        long unbalancedEntries,
        List<String> differences,
        Map<String, String> contractStatuses,
        List<String> pendingWork) {

    /** The number of escrows that meet the condition. */
    int escrowsWhere(Predicate<EscrowTotals> condition) {
        return (int) escrows.values().stream().filter(condition).count();
    }

    record RecordedMessage(String id, String text) {}

    /** @param escrow the id of the escrow that the movement belongs to */
    record ProviderMovement(String escrow, long amount) {}

    /**
     * The events of one escrow, counted and summed.
     *
     * @param amount what the client has to pay
     * @param lastEvent the journal name of the last event
     * @param holds the number of times money was recorded as held
     * @param held the sum of those amounts
     * @param releases the number of times money was recorded as released
     * @param net the sum that went to the freelancer
     * @param fee the sum of the fees
     * @param refunds the number of times money was recorded as refunded
     * @param refunded the sum of those amounts
     */
    record EscrowTotals(
            long amount,
            String lastEvent,
            int holds,
            long held,
            int releases,
            long net,
            long fee,
            int refunds,
            long refunded) {
        /** Whether all money was refunded to the client. */
        boolean isRefunded() {
            return lastEvent.equals("escrow.money-refunded") && releases == 0;
        }

        /** Whether one part was refunded to the client and the other was paid to the freelancer. */
        boolean isSplit() {
            return lastEvent.equals("escrow.split-completed");
        }

        boolean isSettled() {
            return (lastEvent.equals("escrow.money-released") && refunds == 0)
                    || isRefunded()
                    || isSplit()
                    || lastEvent.equals("escrow.called-off")
                    // Never funded: no money is held.
                    || (holds == 0
                            && (lastEvent.equals("escrow.opened") || lastEvent.equals("escrow.funding-declined")));
        }
    }
}
