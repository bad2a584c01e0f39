package io.guildhall.bench.chaos;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is in the three books when all is quiet.
 *
 * @param journal how often each event is there
 * @param said message id and text of each message in the journal, repeats included
 * @param shown ids of the messages that the read model shows
 * @param jobs titles of the jobs in the journal, repeats included
 * @param escrows as the journal tells them
 * @param charges of the provider that succeeded
 * @param transfers of the provider that were paid
 * @param refunds of the provider that succeeded
 * @param uneven the provider's movements that do not add up to nothing
 * @param providerBalance what the provider holds for the platform
 * @param ledger our accounts and what they come to; debits are positive
 * @param unevenEntries of our ledger
 * @param rows what of each kind is in the journal but not in the read model, or the other way round
 * @param contracts status of each in the read model
 * @param waiting what is still due or undelivered
 */
record Evidence(
        Map<Fact, Long> journal,
        List<Said> said,
        Set<String> shown,
        List<String> jobs,
        Map<String, Escrow> escrows,
        List<Movement> charges,
        List<Movement> transfers,
        List<Movement> refunds,
        long uneven,
        long providerBalance,
        Map<String, Long> ledger,
        long unevenEntries,
        List<String> rows,
        Map<String, String> contracts,
        List<String> waiting) {

    record Said(String id, String text) {}

    /** @param escrow that the provider was told it is for */
    record Movement(String escrow, long amount) {}

    /**
     * @param last event's name
     * @param held all that was recorded as received, and likewise the others
     */
    record Escrow(
            long amount,
            String last,
            int holds,
            long held,
            int releases,
            long net,
            long fee,
            int refunds,
            long refunded) {
        boolean isSettled() {
            return last.equals("escrow.money-released")
                    || last.equals("escrow.money-refunded")
                    || last.equals("escrow.called-off")
                    // Never paid for: nothing is held.
                    || (holds == 0 && (last.equals("escrow.opened") || last.equals("escrow.funding-declined")));
        }
    }
}
