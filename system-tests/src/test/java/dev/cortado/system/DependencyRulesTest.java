package dev.cortado.system;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which module and package may use which. */
@AnalyzeClasses(packages = "dev.cortado", importOptions = ImportOption.DoNotIncludeTests.class)
final class DependencyRulesTest {
    private static final String BOOT = "dev.cortado.boot..";
    private static final String BOOT_CONSTANTS = "dev.cortado.boot.layout..";
    private static final String KERNEL = "dev.cortado.kernel..";
    private static final String SUBSTRATE = "dev.cortado.kernel.substrate..";
    private static final String DRIVERS = "dev.cortado.drivers..";
    private static final String RUNTIME = "dev.cortado.runtime..";
    private static final String REPLACED_NATIVES = "dev.cortado.runtime.jdk..";
    private static final String IMAGE_BUILDER = "dev.cortado.image..";
    private static final String COMPILE_STEP = "dev.cortado.image.compile..";
    private static final String COMMAND_LINE = "dev.cortado.image.cli..";
    private static final String MAVEN_PLUGIN = "dev.cortado.maven..";

    @ArchTest
    static final ArchRule bootNeedsOnlyTheJdk =
            classes()
                    .that()
                    .resideInAPackage(BOOT)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(BOOT, "java..");

    @ArchTest
    static final ArchRule theKernelKnowsOnlyConstantsOfBoot =
            noClasses()
                    .that()
                    .resideInAPackage(KERNEL)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("dev.cortado..")
                                    .and(not(resideInAnyPackage(KERNEL, BOOT_CONSTANTS))));

    @ArchTest
    static final ArchRule driversUseTheKernel =
            noClasses()
                    .that()
                    .resideInAPackage(DRIVERS)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("dev.cortado..")
                                    .and(not(resideInAnyPackage(DRIVERS, KERNEL, BOOT_CONSTANTS))));

    @ArchTest
    static final ArchRule driversDoNotKnowTheCompiledRuntime =
            noClasses()
                    .that()
                    .resideInAPackage(DRIVERS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(SUBSTRATE);

    @ArchTest
    static final ArchRule theRuntimeUsesDriversAndKernel =
            noClasses()
                    .that()
                    .resideInAPackage(RUNTIME)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("dev.cortado..")
                                    .and(not(resideInAnyPackage(RUNTIME, DRIVERS, KERNEL))));

    @ArchTest
    static final ArchRule theImageBuilderKnowsGuestModulesOnlyAsJars =
            noClasses()
                    .that()
                    .resideInAPackage(IMAGE_BUILDER)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("dev.cortado..")
                                    .and(not(resideInAnyPackage(IMAGE_BUILDER, BOOT))));

    @ArchTest
    static final ArchRule nothingInTheImageBuilderUsesItsCommandLine =
            noClasses()
                    .that(resideInAPackage(IMAGE_BUILDER).and(not(resideInAPackage(COMMAND_LINE))))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(COMMAND_LINE);

    @ArchTest
    static final ArchRule theImageBuilderIsFreeOfMaven =
            noClasses()
                    .that()
                    .resideInAPackage(IMAGE_BUILDER)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.maven..");

    @ArchTest
    static final ArchRule theMavenPluginUsesTheImageBuilder =
            noClasses()
                    .that()
                    .resideInAPackage(MAVEN_PLUGIN)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("dev.cortado..")
                                    .and(not(resideInAnyPackage(MAVEN_PLUGIN, IMAGE_BUILDER)))
                                    .or(resideInAPackage(COMMAND_LINE)));

    /**
     * The compiler's internals change with every release. {@code Uninterruptible} may be used
     * everywhere in the guest: it is an annotation without code, and the discipline that the kernel
     * lives by.
     */
    @ArchTest
    static final ArchRule internalsOfTheCompilerAreUsedInThreePlaces =
            noClasses()
                    .that(not(resideInAnyPackage(SUBSTRATE, REPLACED_NATIVES, COMPILE_STEP)))
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("com.oracle.svm..")
                                    .and(not(name("com.oracle.svm.core.Uninterruptible"))));

    @ArchTest
    static final ArchRule packagesOfBootHaveNoCycles = packagesHaveNoCycles("dev.cortado.boot");

    @ArchTest
    static final ArchRule packagesOfTheKernelHaveNoCycles =
            packagesHaveNoCycles("dev.cortado.kernel");

    @ArchTest
    static final ArchRule packagesOfDriversHaveNoCycles =
            packagesHaveNoCycles("dev.cortado.drivers");

    @ArchTest
    static final ArchRule packagesOfTheRuntimeHaveNoCycles =
            packagesHaveNoCycles("dev.cortado.runtime");

    @ArchTest
    static final ArchRule packagesOfTheImageBuilderHaveNoCycles =
            packagesHaveNoCycles("dev.cortado.image");

    private static ArchRule packagesHaveNoCycles(String module) {
        return slices().matching(module + ".(*)..").should().beFreeOfCycles();
    }
}
