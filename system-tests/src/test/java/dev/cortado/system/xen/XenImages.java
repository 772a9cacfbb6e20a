package dev.cortado.system.xen;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.build.Artifact;
import dev.cortado.system.Cortado;
import dev.cortado.system.GuestSuite;
import dev.cortado.system.Program;
import dev.cortado.system.xen.lab.DomainType;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Images for the three ways of being a domU. A PVH image and an HVM disk come from one run of the
 * compiler. With the system property {@code cortado.xen.images} they are not built, but taken from
 * that directory.
 */
public final class XenImages {
    private static final Set<String> PROGRAMS = new HashSet<>();
    private static final Set<String> SUITES = new HashSet<>();
    private static final String VARIANT = "xen";
    private static final String READY = System.getProperty("cortado.xen.images");

    private XenImages() {}

    /** The commands with which {@link #programs} builds, none where they are ready. */
    public static List<List<String>> buildCommands() {
        return READY != null
                ? List.of()
                : Stream.of(DomainType.PVH, DomainType.PV).map(XenImages::buildCommand).toList();
    }

    private static List<String> buildCommand(DomainType type) {
        Program programs = Program.programs();
        return Cortado.buildCommand(
                programs, output(programs.imageFile(VARIANT), type), "--target", targets(type));
    }

    /** {@link Program#programs}. */
    static synchronized Path programs(DomainType type) {
        Program programs = Program.programs();
        Path base = programs.imageFile(VARIANT);
        if (PROGRAMS.add(targets(type)) && READY == null) {
            Cortado.build(programs, output(base, type), "--target", targets(type));
        }
        return artifact(base, type);
    }

    /** The guest's test suite. */
    static synchronized Path suite(DomainType type) {
        Path base = Program.suite().imageFile(VARIANT);
        if (SUITES.add(targets(type)) && READY == null) {
            GuestSuite.build(output(base, type), targets(type));
        }
        return artifact(base, type);
    }

    /** What one run of the compiler makes. */
    private static String targets(DomainType type) {
        return type == DomainType.PV ? "xen-pv" : "xen-pvh,xen-hvm";
    }

    /** What to call the output: with a single target it is not a stem, but the file itself. */
    private static Path output(Path base, DomainType type) {
        return type == DomainType.PV ? artifact(base, type) : base;
    }

    private static Path artifact(Path base, DomainType type) {
        Target target = Target.valueOf("XEN_" + type.name());
        Path image = Artifact.named(base, target).image();
        return READY == null ? image : Path.of(READY).resolve(image.getFileName());
    }
}
