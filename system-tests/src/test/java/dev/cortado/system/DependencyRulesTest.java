package dev.cortado.system;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which module and package may use which. */
final class DependencyRulesTest {
    private static final String BOOT = "dev.cortado.boot..";
    private static final String BOOT_CONSTANTS = "dev.cortado.boot.layout..";
    private static final String KERNEL = "dev.cortado.kernel..";
    private static final String SUBSTRATE = "dev.cortado.kernel.substrate..";
    private static final String DRIVERS = "dev.cortado.drivers..";
    private static final String RUNTIME = "dev.cortado.runtime..";
    private static final String FILES = "dev.cortado.runtime.file..";
    private static final String NETWORK = "dev.cortado.runtime.net..";
    private static final String REPLACED_NATIVES = "dev.cortado.runtime.jdk..";
    private static final String IMAGE_BUILDER = "dev.cortado.image..";
    private static final String HOST_DISKS = "dev.cortado.image.disk..";
    private static final String COMPILE_STEP = "dev.cortado.image.compile..";
    private static final String COMMAND_LINE = "dev.cortado.image.cli..";
    private static final String MAVEN_PLUGIN = "dev.cortado.maven..";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.cortado");

    /** Modules that are tests themselves have packages as well. */
    private static final JavaClasses WITH_TESTS =
            new ClassFileImporter().importPackages("dev.cortado");

    @Test
    void bootNeedsOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage(BOOT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(BOOT, "java..")
                .check(CLASSES);
    }

    @Test
    void theKernelKnowsOnlyConstantsOfBoot() {
        noClasses()
                .that()
                .resideInAPackage(KERNEL)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.cortado..")
                                .and(not(resideInAnyPackage(KERNEL, BOOT_CONSTANTS))))
                .check(CLASSES);
    }

    @Test
    void driversUseTheKernel() {
        noClasses()
                .that()
                .resideInAPackage(DRIVERS)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.cortado..")
                                .and(not(resideInAnyPackage(DRIVERS, KERNEL, BOOT_CONSTANTS))))
                .check(CLASSES);
    }

    @Test
    void driversDoNotKnowTheCompiledRuntime() {
        noClasses()
                .that()
                .resideInAPackage(DRIVERS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SUBSTRATE)
                .check(CLASSES);
    }

    /** It puts the kernel where native-image expects an operating system. */
    @Test
    void nothingInTheKernelKnowsTheCompiledRuntime() {
        noClasses()
                .that(resideInAPackage(KERNEL).and(not(resideInAPackage(SUBSTRATE))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SUBSTRATE)
                .check(CLASSES);
    }

    /** Programs use {@code xen.ipc}; what lies behind it does not know it. */
    @Test
    void connectionsBetweenDomainsDoNotKnowTheirApi() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.cortado.drivers.xen.connection..", "dev.cortado.drivers.xen.vchan..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.cortado.drivers.xen.ipc..")
                .check(CLASSES);
    }

    @Test
    void theRuntimeUsesDriversAndKernel() {
        noClasses()
                .that()
                .resideInAPackage(RUNTIME)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.cortado..")
                                .and(not(resideInAnyPackage(RUNTIME, DRIVERS, KERNEL))))
                .check(CLASSES);
    }

    /** Below the JDK's natives and without a machine: they run, and are tested, anywhere. */
    @Test
    void filesKnowNeitherTheKernelNorTheFilesOfTheJdk() {
        noClasses()
                .that()
                .resideInAPackage(FILES)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.cortado..")
                                .and(not(resideInAPackage(FILES)))
                                .or(
                                        resideInAnyPackage(
                                                "java.nio.file..",
                                                "java.nio.channels..",
                                                "sun..",
                                                "jdk.internal.."))
                                .or(name("java.io.File")))
                .check(CLASSES);
    }

    /** A stack that runs, and is tested, on a virtual clock and a wire in memory. */
    @Test
    void theNetworkStackKnowsNeitherTheKernelNorTheNetworkOfTheJdk() {
        noClasses()
                .that()
                .resideInAPackage(NETWORK)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.cortado..")
                                .and(not(resideInAPackage(NETWORK)))
                                .or(
                                        resideInAnyPackage(
                                                "java.net..",
                                                "javax.net..",
                                                "java.nio.channels..",
                                                "java.nio.file..",
                                                "com.oracle.svm..",
                                                "sun..",
                                                "jdk.internal.."))
                                .or(name("java.io.File")))
                .check(CLASSES);
    }

    @Test
    void theImageBuilderKnowsGuestModulesOnlyAsJars() {
        noClasses()
                .that(resideInAPackage(IMAGE_BUILDER).and(not(resideInAPackage(HOST_DISKS))))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.cortado..")
                                .and(not(resideInAnyPackage(IMAGE_BUILDER, BOOT))))
                .check(CLASSES);
    }

    /** The code of the guest's file systems, which needs no machine, is the host's as well. */
    @Test
    void disksOfTheHostUseTheFileSystemsOfTheGuest() {
        noClasses()
                .that()
                .resideInAPackage(HOST_DISKS)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.cortado..")
                                .and(not(resideInAnyPackage(IMAGE_BUILDER, BOOT, FILES))))
                .check(CLASSES);
    }

    @Test
    void nothingInTheImageBuilderUsesItsCommandLine() {
        noClasses()
                .that(resideInAPackage(IMAGE_BUILDER).and(not(resideInAPackage(COMMAND_LINE))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(COMMAND_LINE)
                .check(CLASSES);
    }

    @Test
    void theImageBuilderIsFreeOfMaven() {
        noClasses()
                .that()
                .resideInAPackage(IMAGE_BUILDER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.maven..")
                .check(CLASSES);
    }

    @Test
    void theMavenPluginUsesTheImageBuilder() {
        noClasses()
                .that()
                .resideInAPackage(MAVEN_PLUGIN)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.cortado..")
                                .and(not(resideInAnyPackage(MAVEN_PLUGIN, IMAGE_BUILDER)))
                                .or(resideInAPackage(COMMAND_LINE)))
                .check(CLASSES);
    }

    /**
     * The compiler's internals change with every release. Two annotations without code may be used
     * everywhere in the guest: {@code Uninterruptible}, the discipline that the kernel lives by,
     * and {@code AlwaysInline}, for the few paths where a call less is measured.
     */
    @Test
    void internalsOfTheCompilerAreUsedInThreePlaces() {
        noClasses()
                .that(
                        not(resideInAnyPackage(SUBSTRATE, REPLACED_NATIVES, COMPILE_STEP))
                                // It is what somebody else's library would have.
                                .and(not(name("dev.cortado.system.guest.suite.GoneSubstitution"))))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("com.oracle.svm..")
                                .and(not(name("com.oracle.svm.core.Uninterruptible")))
                                .and(not(name("com.oracle.svm.core.AlwaysInline"))))
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.cortado.boot",
                "dev.cortado.kernel",
                "dev.cortado.drivers",
                "dev.cortado.runtime",
                "dev.cortado.image",
                "dev.cortado.maven",
                "dev.cortado.system",
                "dev.cortado.benchmarks",
            })
    void packagesOfAModuleHaveNoCycles(String module) {
        slices().matching(module + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(WITH_TESTS);
    }
}
