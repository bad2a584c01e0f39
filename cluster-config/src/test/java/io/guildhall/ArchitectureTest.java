package io.guildhall;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.ai.job.match.TitleMatcher;
import io.guildhall.background.BackgroundLoop;
import io.guildhall.http.route.NodeEndpoints;
import io.guildhall.kernel.BatchExecutor;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.projections.DeadlineKind;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/**
 * The dependencies that are allowed between and inside the modules. Each rule was tried once against a deliberate
 * breach.
 */
@AnalyzeClasses(packages = "io.guildhall", importOptions = ArchitectureTest.ProgramOnly.class)
class ArchitectureTest {
    private static final String[] CORE = {
        "io.guildhall.kernel..",
        "io.guildhall.domain..",
        "io.guildhall.actors..",
        "io.guildhall.background..",
        "io.guildhall.payment..",
        "io.guildhall.port..",
        "io.guildhall.adapter..",
        "io.guildhall.journal..",
        "io.guildhall.embedded.."
    };
    private static final String PROJECTIONS = "io.guildhall.projections..";
    private static final String AI = "io.guildhall.ai..";
    private static final String HTTP = "io.guildhall.http..";
    private static final String[] PROGRAM = {"io.guildhall", "io.guildhall.node..", "io.guildhall.operate.."};

    // Between modules.

    @ArchTest
    static final ArchRule coreDependsOnNoOtherModule = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(PROJECTIONS, AI, HTTP).or(resideInAnyPackage(PROGRAM)));

    @ArchTest
    static final ArchRule projectionsDependOnlyOnCore = noClasses()
            .that()
            .resideInAPackage(PROJECTIONS)
            .should()
            .dependOnClassesThat(resideInAnyPackage(AI, HTTP).or(resideInAnyPackage(PROGRAM)));

    @ArchTest
    static final ArchRule aiDependsOnlyOnCore = noClasses()
            .that()
            .resideInAPackage(AI)
            .should()
            .dependOnClassesThat(resideInAnyPackage(PROJECTIONS, HTTP).or(resideInAnyPackage(PROGRAM)));

    @ArchTest
    static final ArchRule httpSeesOnlyTheReadModelOfProjections = noClasses()
            .that()
            .resideInAPackage(HTTP)
            .should()
            .dependOnClassesThat(
                    resideInAPackage(PROJECTIONS).and(not(resideInAPackage("io.guildhall.projections.readmodel.."))));

    @ArchTest
    static final ArchRule httpSeesOnlyThePortsOfAi = noClasses()
            .that()
            .resideInAPackage(HTTP)
            .should()
            .dependOnClassesThat(resideInAPackage(AI).and(not(resideInAPackage("io.guildhall.ai.port.."))));

    @ArchTest
    static final ArchRule nothingDependsOnTheProgram = noClasses()
            .that()
            .resideOutsideOfPackages(PROGRAM)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROGRAM);

    // Core.

    @ArchTest
    static final ArchRule domainIsPlainJava = classes()
            .that()
            .resideInAPackage("io.guildhall.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.guildhall.domain..", "io.guildhall.kernel..");

    /** Two libraries know what Java does not: Unicode's rules for text and for domains, and the syntax of e-mail addresses. */
    @ArchTest
    static final ArchRule kernelIsPlainJavaAndKnowsNoConcept = classes()
            .that()
            .resideInAPackage("io.guildhall.kernel..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "com.ibm.icu.lang..",
                    "com.ibm.icu.text..",
                    "com.sanctionco.jmail..",
                    "io.guildhall.kernel..");

    @ArchTest
    static final ArchRule hashesAreComputedInTheKernel = noClasses()
            .that()
            .resideOutsideOfPackage("io.guildhall.kernel")
            .should()
            .callMethod(MessageDigest.class, "getInstance", String.class);

    @ArchTest
    static final ArchRule domainDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage("io.guildhall.domain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..", "java.nio.file..", "java.net.http..", "java.sql..", "java.util.concurrent..");

    @ArchTest
    static final ArchRule portsUseNoVendorTypes = classes()
            .that()
            .resideInAPackage("io.guildhall.port..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "io.guildhall.port..",
                    "io.guildhall.kernel..",
                    "io.guildhall.domain..");

    @ArchTest
    static final ArchRule adaptersAreUsedThroughTheirPorts = noClasses()
            .that()
            .resideOutsideOfPackages("io.guildhall.node", "io.guildhall.adapter..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.guildhall.adapter..");

    // AI.

    @ArchTest
    static final ArchRule aiPortsUseNoVendorTypes = classes()
            .that()
            .resideInAPackage("io.guildhall.ai.port..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.guildhall.ai.port..", "io.guildhall.port..", "io.guildhall.kernel..");

    /** Except by the evaluation, a separate program that measures one adapter. */
    @ArchTest
    static final ArchRule aiAdaptersAreUsedThroughTheirPorts = noClasses()
            .that()
            .resideOutsideOfPackages("io.guildhall.node", "io.guildhall.ai.adapter..", "io.guildhall.ai.eval..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.guildhall.ai.adapter..");

    // Projections.

    @ArchTest
    static final ArchRule viewsDoNotDependOnEachOther =
            slices().matching("io.guildhall.projections.view.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule processesDoNotDependOnEachOther =
            slices().matching("io.guildhall.projections.process.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule viewsSendNoCommands = noClasses()
            .that()
            .resideInAPackage("io.guildhall.projections.view..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.guildhall.actors..", "io.guildhall.projections.process..");

    @ArchTest
    static final ArchRule processesReadNoReadModel = noClasses()
            .that()
            .resideInAPackage("io.guildhall.projections.process..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.guildhall.projections.view..",
                    "io.guildhall.projections.readmodel..",
                    "io.guildhall.projections.store..");

    /** RegistryTest finds constants only. */
    @ArchTest
    static final ArchRule kindsOfDeadlinesAreConstants = constructors()
            .that()
            .areDeclaredIn(DeadlineKind.class)
            .should()
            .onlyBeCalled()
            .byCodeUnitsThat(describe(
                    "are static initialisers, or read stored deadlines",
                    caller -> caller.getName().equals("<clinit>")
                            || caller.getOwner().getPackageName().equals("io.guildhall.projections.store")));

    // Background work.

    /** Except one-off work, calls that somebody waits for, and the output of a process, which ends with it. */
    @ArchTest
    static final ArchRule loopsAreSupervised = noClasses()
            .that()
            .doNotBelongToAnyOf(
                    BackgroundLoop.class,
                    BoundedExecutor.class,
                    BatchExecutor.class,
                    StartupPreload.class,
                    NodeOutput.class,
                    TitleMatcher.class)
            .should()
            .callMethod(Thread.Builder.class, "start", Runnable.class)
            .orShould()
            .callMethod(Thread.Builder.OfVirtual.class, "start", Runnable.class)
            .orShould()
            .callMethod(Thread.Builder.OfPlatform.class, "start", Runnable.class)
            .orShould()
            .callMethod(Thread.Builder.OfVirtual.class, "unstarted", Runnable.class)
            .orShould()
            .callMethod(Thread.Builder.OfPlatform.class, "unstarted", Runnable.class)
            .orShould()
            .callMethod(Thread.class, "startVirtualThread", Runnable.class)
            .orShould()
            .callMethod(Thread.class, "start")
            .orShould()
            .callMethod(Executors.class, "newSingleThreadScheduledExecutor")
            .orShould()
            .callMethod(Executors.class, "newScheduledThreadPool", int.class);

    // Database connections.

    @ArchTest
    static final ArchRule onlyStoreAndAdaptersOpenConnections = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.guildhall.projections.store..",
                    "io.guildhall.adapter..",
                    "io.guildhall.embedded..",
                    "io.guildhall.node",
                    "io.guildhall.operate..")
            .should()
            .callMethod(DataSource.class, "getConnection")
            .orShould()
            .callMethod(HikariDataSource.class, "getConnection")
            .orShould()
            .callMethod(DriverManager.class, "getConnection", String.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Driver.class);

    /** Except SQLException: HTTP maps it to 503. */
    @ArchTest
    static final ArchRule httpUsesNoSql = noClasses()
            .that()
            .resideInAPackage(HTTP)
            .should()
            .dependOnClassesThat(assignableTo(Connection.class)
                    .or(assignableTo(Statement.class))
                    .or(assignableTo(ResultSet.class))
                    .or(assignableTo(DataSource.class)));

    // HTTP.

    @ArchTest
    static final ArchRule packagesOfHttpHaveNoCycles =
            slices().matching("io.guildhall.http.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule endpointsAreListedInNodeEndpoints = classes()
            .that()
            .resideInAPackage("io.guildhall.http.route..")
            .and()
            .haveSimpleNameEndingWith("Endpoints")
            .and()
            .doNotBelongToAnyOf(NodeEndpoints.class)
            .should(beConstructedBy(NodeEndpoints.class));

    private static ArchCondition<JavaClass> beConstructedBy(Class<?> list) {
        return new ArchCondition<>("be constructed by " + list.getSimpleName()) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean isConstructed = type.getConstructorCallsToSelf().stream()
                        .map(JavaAccess::getOriginOwner)
                        .anyMatch(it -> it.isEquivalentTo(list));
                events.add(new SimpleConditionEvent(
                        type, isConstructed, type.getName() + " is not constructed by " + list.getName()));
            }
        };
    }

    /** Test classes of other modules come from a folder when Maven compiles and from a jar when it packages. */
    static final class ProgramOnly implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return new DoNotIncludeTests().includes(location) && !location.contains("-tests.jar");
        }
    }
}
