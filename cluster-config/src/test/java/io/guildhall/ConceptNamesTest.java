package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A concept has the same name, its package segment, in every layer: the name of its aggregate, or one of a few others.
 */
class ConceptNamesTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ArchitectureTest.ProgramOnly())
            .importPackages("io.guildhall");

    /** Concepts without an aggregate, and why. */
    private static final Map<String, String> OTHER_CONCEPTS = Map.ofEntries(
            Map.entry("search", "finds jobs, gigs and freelancers, and matches them"),
            Map.entry("market", "analyses the prices and demand of many jobs and gigs"),
            Map.entry("audit", "the sums of all escrows and discrepancies, compared with the ledger and the provider"),
            Map.entry("ledger", "the double-entry record of all escrows"),
            Map.entry("operatortask", "what the program cannot settle automatically: escrows and discrepancies"),
            Map.entry("timeline", "the hash-chained record of a contract's events"),
            Map.entry("record", "a freelancer's business record, computed from contracts and reviews"),
            Map.entry("notification", "derived from the events of all concepts"),
            Map.entry("live", "the events of rooms, contracts, jobs and accounts, as they happen"),
            Map.entry("admin", "what admins do with accounts"),
            Map.entry("file", "uploads and downloads, which profiles and gigs refer to"),
            Map.entry("keys", "the public keys of access tokens, defined by RFC 7517"),
            Map.entry("mail", "the links in e-mails, and the address that they are sent to"),
            Map.entry("sandbox", "the pages of the simulated payment provider"),
            Map.entry("dev", "endpoints of development mode"));

    private static Set<String> segmentsIn(String layer) {
        var segments = new TreeSet<String>();
        for (var type : PROGRAM)
            if (type.getPackageName().startsWith(layer + "."))
                segments.add(type.getPackageName().substring(layer.length() + 1));
        return segments;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.guildhall.projections.readmodel",
                "io.guildhall.projections.view",
                "io.guildhall.projections.process",
                "io.guildhall.http.route"
            })
    void layerUsesTheNamesOfTheDomain(String layer) {
        var allowed = new TreeSet<>(segmentsIn("io.guildhall.domain"));
        allowed.addAll(OTHER_CONCEPTS.keySet());
        assertThat(segmentsIn(layer)).isNotEmpty().isSubsetOf(allowed);
    }

    /** A concept in a package outside the layers, such as in {@code notify}, would escape the rule. */
    // The auditor reads tables and sends commands, exports are written to files, relays send events to other systems,
    // and
    // e-mails show texts of users: they are neither views nor processes.
    @Test
    void projectionsHaveNoConceptOutsideTheLayers() {
        var outside = segmentsIn("io.guildhall.projections").stream()
                .filter(it -> !it.matches("(readmodel|view|process)(\\..*)?"))
                .toList();
        assertThat(outside)
                .containsExactly(
                        "attachment",
                        "audit",
                        "export",
                        "export.owndata",
                        "export.room",
                        "notify",
                        "notify.delivery",
                        "notify.mail",
                        "relay",
                        "store",
                        "text");
    }

    @Test
    void everyOtherConceptIsUsed() {
        var used = Stream.of(
                        "io.guildhall.projections.readmodel",
                        "io.guildhall.projections.view",
                        "io.guildhall.projections.process",
                        "io.guildhall.http.route")
                .flatMap(layer -> segmentsIn(layer).stream())
                .toList();
        assertThat(used).containsAll(OTHER_CONCEPTS.keySet());
        assertThat(OTHER_CONCEPTS.keySet()).doesNotContainAnyElementsOf(segmentsIn("io.guildhall.domain"));
    }
}
