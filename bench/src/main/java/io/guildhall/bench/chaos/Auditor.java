package io.guildhall.bench.chaos;

import io.guildhall.bench.chaos.AcknowledgedWrites.Snapshot;
import io.guildhall.bench.chaos.AuditData.EscrowTotals;
import io.guildhall.bench.chaos.AuditData.ProviderMovement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares the acknowledged writes with the journal, the read model and the provider's records. */
final class Auditor {
    private static final int MAX_REPORTED_PER_CHECK = 5;

    private final Snapshot acknowledged;
    private final AuditData data;
    private final List<String> violations = new ArrayList<>();

    private Auditor(Snapshot acknowledged, AuditData data) {
        this.acknowledged = acknowledged;
        this.data = data;
    }

    /** Descriptions of the violated invariants; empty if all hold. */
    static List<String> violations(Snapshot acknowledged, AuditData data) {
        var auditor = new Auditor(acknowledged, data);
        auditor.checkNothingLost();
        auditor.checkNothingDuplicated();
        auditor.checkEscrowsSettled();
        auditor.checkProvider();
        auditor.checkLedger();
        return List.copyOf(auditor.violations);
    }

    private void checkNothingLost() {
        report(
                "acknowledged, but not in the journal",
                acknowledged.events().entrySet().stream()
                        .filter(it -> data.journal().getOrDefault(it.getKey(), 0L) < it.getValue())
                        .map(it -> it.getKey() + " (" + it.getValue() + " acknowledged, "
                                + data.journal().getOrDefault(it.getKey(), 0L) + " in the journal)")
                        .toList());
        var recorded = data.recordedMessages().stream()
                .collect(Collectors.groupingBy(AuditData.RecordedMessage::id, Collectors.counting()));
        report(
                "acknowledged message, but not in the journal",
                acknowledged.messages().keySet().stream()
                        .filter(it -> !recorded.containsKey(it))
                        .toList());
        report(
                "message in the journal, but not in the read model",
                recorded.keySet().stream()
                        .filter(it -> !data.listedMessages().contains(it))
                        .toList());
        report(
                "message in the read model, but not in the journal",
                data.listedMessages().stream()
                        .filter(it -> !recorded.containsKey(it))
                        .toList());
        report("journal and read model differ", data.differences());
        report(
                "completed for the client, but not in the read model",
                acknowledged.contracts().stream()
                        .filter(it ->
                                !"COMPLETED".equals(data.contractStatuses().get(it)))
                        .map(it -> it + " is " + data.contractStatuses().get(it))
                        .toList());
        report("hire not completed", acknowledged.failures());
        report("still pending", data.pendingWork());
    }

    private void checkNothingDuplicated() {
        report("message recorded twice", duplicates(data.recordedMessages(), AuditData.RecordedMessage::text));
        report("message id assigned twice", duplicates(data.recordedMessages(), AuditData.RecordedMessage::id));
        report("job posted twice", duplicates(data.jobTitles(), it -> it));
        report("charged twice", duplicates(data.charges(), ProviderMovement::escrow));
        report("paid out twice", duplicates(data.transfers(), ProviderMovement::escrow));
        report("refunded twice", duplicates(data.refunds(), ProviderMovement::escrow));
        report(
                "escrow event recorded twice",
                data.escrows().entrySet().stream()
                        .filter(it -> it.getValue().holds() > 1
                                || it.getValue().releases() > 1
                                || it.getValue().refunds() > 1)
                        .map(it -> it.getKey() + " " + it.getValue())
                        .toList());
    }

    private void checkEscrowsSettled() {
        report(
                "escrow not settled",
                data.escrows().entrySet().stream()
                        .filter(it -> !it.getValue().isSettled())
                        .map(it -> it.getKey() + " ends with " + it.getValue().lastEvent())
                        .toList());
        report(
                "amounts of escrow do not add up",
                data.escrows().entrySet().stream()
                        .filter(it -> it.getValue().holds() > 0)
                        .filter(it -> !addsUp(it.getValue()))
                        .map(it -> it.getKey() + " " + it.getValue())
                        .toList());
        var paid = new HashMap<String, Long>();
        data.escrows().forEach((id, escrow) -> paid.merge(contractOf(id), escrow.held(), Math::addExact));
        report(
                "client paid a different amount",
                acknowledged.completedHires().entrySet().stream()
                        .filter(it -> !it.getValue().equals(paid.get(it.getKey())))
                        .map(it -> it.getKey() + ": price " + it.getValue() + ", paid " + paid.get(it.getKey()))
                        .toList());
    }

    private static boolean addsUp(EscrowTotals escrow) {
        return escrow.held() == escrow.amount() && escrow.held() == escrow.net() + escrow.fee() + escrow.refunded();
    }

    private static String contractOf(String escrow) {
        return "ctr_" + escrow.substring(4, escrow.lastIndexOf('-'));
    }

    private void checkProvider() {
        compare("charged by the provider and held in escrow", data.charges(), EscrowTotals::holds, EscrowTotals::held);
        compare(
                "paid out by the provider and released from escrow",
                data.transfers(),
                EscrowTotals::releases,
                EscrowTotals::net);
        compare(
                "refunded by the provider and refunded from escrow",
                data.refunds(),
                EscrowTotals::refunds,
                EscrowTotals::refunded);
        if (data.unbalancedMovements() != 0)
            violations.add(data.unbalancedMovements() + " movements of the provider do not sum up to zero");
    }

    /**
     * Compares the provider's amounts with those in the journal, escrow by escrow.
     *
     * @param count how often the journal contains the corresponding event of an escrow
     * @param amount what these events sum up to
     */
    private void compare(
            String what,
            List<ProviderMovement> movements,
            Function<EscrowTotals, Integer> count,
            Function<EscrowTotals, Long> amount) {
        var atProvider = new HashMap<String, Long>();
        movements.forEach(it -> atProvider.merge(it.escrow(), it.amount(), Math::addExact));
        var inJournal = new HashMap<String, Long>();
        data.escrows().forEach((id, escrow) -> {
            if (count.apply(escrow) > 0) inJournal.put(id, amount.apply(escrow));
        });
        var all = new HashSet<>(atProvider.keySet());
        all.addAll(inJournal.keySet());
        report(
                what + " differ",
                all.stream()
                        .filter(it -> !atProvider.getOrDefault(it, 0L).equals(inJournal.getOrDefault(it, 0L)))
                        .map(it ->
                                it + ": " + atProvider.getOrDefault(it, 0L) + " and " + inJournal.getOrDefault(it, 0L))
                        .toList());
    }

    private void checkLedger() {
        if (data.unbalancedEntries() != 0)
            violations.add(data.unbalancedEntries() + " entries of the ledger do not sum up to zero");
        long trialBalance = sum(data.ledger(), "");
        if (trialBalance != 0) violations.add("the trial balance is " + trialBalance);
        long cash = sum(data.ledger(), "provider-cash");
        if (cash != data.providerBalance())
            violations.add("the provider holds " + data.providerBalance() + ", the ledger contains " + cash);
        long fees =
                data.escrows().values().stream().mapToLong(EscrowTotals::fee).sum();
        if (sum(data.ledger(), "revenue") != -fees)
            violations.add("fees in the journal are " + fees + ", in the ledger " + -sum(data.ledger(), "revenue"));
        report(
                "account is not empty",
                data.ledger().entrySet().stream()
                        .filter(it ->
                                it.getKey().startsWith("escrow:") || it.getKey().startsWith("payable:"))
                        .filter(it -> it.getValue() != 0)
                        .map(it -> it.getKey() + " " + it.getValue())
                        .toList());
    }

    private static long sum(Map<String, Long> ledger, String accountPrefix) {
        return ledger.entrySet().stream()
                .filter(it -> it.getKey().startsWith(accountPrefix))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static <T> List<String> duplicates(List<T> all, Function<T, String> by) {
        return all.stream().collect(Collectors.groupingBy(by, Collectors.counting())).entrySet().stream()
                .filter(it -> it.getValue() > 1)
                .map(it -> it.getKey() + " × " + it.getValue())
                .toList();
    }

    private void report(String violation, List<String> details) {
        details.stream().sorted().limit(MAX_REPORTED_PER_CHECK).forEach(it -> violations.add(violation + ": " + it));
        if (details.size() > MAX_REPORTED_PER_CHECK)
            violations.add(violation + ": and " + (details.size() - MAX_REPORTED_PER_CHECK) + " more");
    }
}
