package io.guildhall;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import javax.sql.DataSource;

/** The arrows of the house. Each was tried once against a deliberate breach. */
@AnalyzeClasses(packages = "io.guildhall", importOptions = ArchitectureTest.ProgramOnly.class)
class ArchitectureTest {
    private static final String[] CORE = {
        "io.guildhall.kernel..",
        "io.guildhall.domain..",
        "io.guildhall.actors..",
        "io.guildhall.port..",
        "io.guildhall.adapter..",
        "io.guildhall.journal..",
        "io.guildhall.embedded.."
    };
    private static final String PROJECTIONS = "io.guildhall.projections..";
    private static final String HTTP = "io.guildhall.http..";
    private static final String[] PROGRAM = {"io.guildhall", "io.guildhall.operate.."};

    @ArchTest
    static final ArchRule theDomainIsPlainJava = classes()
            .that()
            .resideInAPackage("io.guildhall.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.guildhall.domain..", "io.guildhall.kernel..");

    @ArchTest
    static final ArchRule theKernelIsPlainJavaAndKnowsNoConcept = classes()
            .that()
            .resideInAPackage("io.guildhall.kernel..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.guildhall.kernel..");

    @ArchTest
    static final ArchRule theDomainDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage("io.guildhall.domain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..", "java.nio.file..", "java.net.http..", "java.sql..", "java.util.concurrent..");

    @ArchTest
    static final ArchRule theCoreKnowsNothingElseOfOurs = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(PROJECTIONS, HTTP).or(resideInAnyPackage(PROGRAM)));

    @ArchTest
    static final ArchRule projectionsKnowOnlyTheCore = noClasses()
            .that()
            .resideInAPackage(PROJECTIONS)
            .should()
            .dependOnClassesThat(resideInAPackage(HTTP).or(resideInAnyPackage(PROGRAM)));

    @ArchTest
    static final ArchRule theDoorSeesOnlyTheReadModel = noClasses()
            .that()
            .resideInAPackage(HTTP)
            .should()
            .dependOnClassesThat(resideInAPackage(PROJECTIONS)
                    .and(describe("are not the read model", ArchitectureTest::isHiddenFromTheDoor)));

    @ArchTest
    static final ArchRule nobodyImportsTheProgram = noClasses()
            .that()
            .resideOutsideOfPackages(PROGRAM)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROGRAM);

    @ArchTest
    static final ArchRule noVendorCrossesAPort = classes()
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
    static final ArchRule adaptersAreReachedByTheirPorts = noClasses()
            .that()
            .resideOutsideOfPackages("io.guildhall", "io.guildhall.adapter..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.guildhall.adapter..");

    @ArchTest
    static final ArchRule connectionsAreOpenedInTheStoreAndInAdaptersOnly = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.guildhall.projections.store..",
                    "io.guildhall.adapter..",
                    "io.guildhall.embedded..",
                    "io.guildhall",
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

    // It may learn from an exception that the database is away, and no more.
    @ArchTest
    static final ArchRule theDoorKnowsNoSql = noClasses()
            .that()
            .resideInAPackage(HTTP)
            .should()
            .dependOnClassesThat(assignableTo(Connection.class)
                    .or(assignableTo(Statement.class))
                    .or(assignableTo(ResultSet.class))
                    .or(assignableTo(DataSource.class)));

    private static boolean isHiddenFromTheDoor(JavaClass type) {
        return !type.getPackageName().startsWith("io.guildhall.projections.readmodel");
    }

    /** Tests of other modules arrive as a folder when Maven compiles and as a jar when it packages. */
    static final class ProgramOnly implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return new DoNotIncludeTests().includes(location) && !location.contains("-tests.jar");
        }
    }
}
