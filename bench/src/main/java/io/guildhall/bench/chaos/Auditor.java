package io.guildhall.bench.chaos;

import io.guildhall.bench.chaos.Acknowledged.Snapshot;
import io.guildhall.bench.chaos.Evidence.Escrow;
import io.guildhall.bench.chaos.Evidence.Movement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares what was acknowledged with the journal, the read model and the provider's books. */
final class Auditor {
    private static final int SHOWN = 5;

    private final Snapshot acknowledged;
    private final Evidence evidence;
    private final List<String> breaches = new ArrayList<>();

    private Auditor(Snapshot acknowledged, Evidence evidence) {
        this.acknowledged = acknowledged;
        this.evidence = evidence;
    }

    /** What is wrong, in words; nothing where all is well. */
    static List<String> breaches(Snapshot acknowledged, Evidence evidence) {
        var auditor = new Auditor(acknowledged, evidence);
        auditor.nothingLost();
        auditor.nothingTwice();
        auditor.everyEscrowSettled();
        auditor.providerAgrees();
        auditor.ledgerAgrees();
        return List.copyOf(auditor.breaches);
    }

    private void nothingLost() {
        report(
                "acknowledged, but not in the journal",
                acknowledged.facts().entrySet().stream()
                        .filter(it -> evidence.journal().getOrDefault(it.getKey(), 0L) < it.getValue())
                        .map(it -> it.getKey() + " (" + it.getValue() + " acknowledged, "
                                + evidence.journal().getOrDefault(it.getKey(), 0L) + " there)")
                        .toList());
        var said = evidence.said().stream().collect(Collectors.groupingBy(Evidence.Said::id, Collectors.counting()));
        report(
                "acknowledged message, but not in the journal",
                acknowledged.messages().keySet().stream()
                        .filter(it -> !said.containsKey(it))
                        .toList());
        report(
                "message in the journal, but not in the read model",
                said.keySet().stream()
                        .filter(it -> !evidence.shown().contains(it))
                        .toList());
        report(
                "message in the read model, but not in the journal",
                evidence.shown().stream().filter(it -> !said.containsKey(it)).toList());
        report("journal and read model differ", evidence.rows());
        report(
                "finished for its client, but not in the read model",
                acknowledged.contracts().stream()
                        .filter(it -> !"COMPLETED".equals(evidence.contracts().get(it)))
                        .map(it -> it + " is " + evidence.contracts().get(it))
                        .toList());
        report("story without an end", acknowledged.failures());
        report("not at rest", evidence.waiting());
    }

    private void nothingTwice() {
        report("message said twice", repeated(evidence.said(), Evidence.Said::text));
        report("message id given twice", repeated(evidence.said(), Evidence.Said::id));
        report("job posted twice", repeated(evidence.jobs(), it -> it));
        report("charged twice", repeated(evidence.charges(), Movement::escrow));
        report("paid out twice", repeated(evidence.transfers(), Movement::escrow));
        report("refunded twice", repeated(evidence.refunds(), Movement::escrow));
        report(
                "recorded twice",
                evidence.escrows().entrySet().stream()
                        .filter(it -> it.getValue().holds() > 1
                                || it.getValue().releases() > 1
                                || it.getValue().refunds() > 1)
                        .map(it -> it.getKey() + " " + it.getValue())
                        .toList());
    }

    private void everyEscrowSettled() {
        report(
                "escrow not settled",
                evidence.escrows().entrySet().stream()
                        .filter(it -> !it.getValue().isSettled())
                        .map(it -> it.getKey() + " ends with " + it.getValue().last())
                        .toList());
        report(
                "escrow does not add up",
                evidence.escrows().entrySet().stream()
                        .filter(it -> it.getValue().holds() > 0)
                        .filter(it -> !addsUp(it.getValue()))
                        .map(it -> it.getKey() + " " + it.getValue())
                        .toList());
        var prices = new HashMap<String, Long>();
        evidence.escrows().forEach((id, escrow) -> prices.merge(contractOf(id), escrow.held(), Math::addExact));
        report(
                "client paid another price",
                acknowledged.finished().entrySet().stream()
                        .filter(it -> !it.getValue().equals(prices.get(it.getKey())))
                        .map(it -> it.getKey() + " for " + it.getValue() + ": " + prices.get(it.getKey()))
                        .toList());
    }

    private static boolean addsUp(Escrow escrow) {
        return escrow.held() == escrow.amount() && escrow.held() == escrow.net() + escrow.fee() + escrow.refunded();
    }

    private static String contractOf(String escrow) {
        return "ctr_" + escrow.substring(4, escrow.lastIndexOf('-'));
    }

    private void providerAgrees() {
        same("charged by the provider, held by us", evidence.charges(), Escrow::holds, Escrow::held);
        same("paid out by the provider, released by us", evidence.transfers(), Escrow::releases, Escrow::net);
        same("refunded by the provider, refunded by us", evidence.refunds(), Escrow::refunds, Escrow::refunded);
        if (evidence.uneven() != 0) breaches.add(evidence.uneven() + " movements of the provider do not add up");
    }

    private void same(
            String what, List<Movement> provider, Function<Escrow, Integer> times, Function<Escrow, Long> amount) {
        var theirs = new HashMap<String, Long>();
        provider.forEach(it -> theirs.merge(it.escrow(), it.amount(), Math::addExact));
        var ours = new HashMap<String, Long>();
        evidence.escrows().forEach((id, escrow) -> {
            if (times.apply(escrow) > 0) ours.put(id, amount.apply(escrow));
        });
        var all = new HashSet<>(theirs.keySet());
        all.addAll(ours.keySet());
        report(
                what + " differ",
                all.stream()
                        .filter(it -> !theirs.getOrDefault(it, 0L).equals(ours.getOrDefault(it, 0L)))
                        .map(it -> it + ": " + theirs.getOrDefault(it, 0L) + " and " + ours.getOrDefault(it, 0L))
                        .toList());
    }

    private void ledgerAgrees() {
        if (evidence.unevenEntries() != 0) breaches.add(evidence.unevenEntries() + " entries of the ledger are uneven");
        long trial = sum(evidence.ledger(), "");
        if (trial != 0) breaches.add("the trial balance is " + trial);
        long cash = sum(evidence.ledger(), "provider-cash");
        if (cash != evidence.providerBalance())
            breaches.add("the provider holds " + evidence.providerBalance() + ", our ledger says " + cash);
        long fees = evidence.escrows().values().stream().mapToLong(Escrow::fee).sum();
        if (sum(evidence.ledger(), "revenue") != -fees)
            breaches.add("fees in the journal are " + fees + ", in the ledger " + -sum(evidence.ledger(), "revenue"));
        report(
                "left on an account that should be empty",
                evidence.ledger().entrySet().stream()
                        .filter(it ->
                                it.getKey().startsWith("escrow:") || it.getKey().startsWith("payable:"))
                        .filter(it -> it.getValue() != 0)
                        .map(it -> it.getKey() + " " + it.getValue())
                        .toList());
    }

    private static long sum(Map<String, Long> ledger, String account) {
        return ledger.entrySet().stream()
                .filter(it -> it.getKey().startsWith(account))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static <T> List<String> repeated(List<T> all, Function<T, String> by) {
        return all.stream().collect(Collectors.groupingBy(by, Collectors.counting())).entrySet().stream()
                .filter(it -> it.getValue() > 1)
                .map(it -> it.getKey() + " × " + it.getValue())
                .toList();
    }

    private void report(String what, List<String> which) {
        which.stream().sorted().limit(SHOWN).forEach(it -> breaches.add(what + ": " + it));
        if (which.size() > SHOWN) breaches.add(what + ": and " + (which.size() - SHOWN) + " more");
    }
}
