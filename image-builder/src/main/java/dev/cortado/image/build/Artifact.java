package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.UserError;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that a machine starts from.
 *
 * @param target the kind of machine
 * @param image the file
 */
public record Artifact(Target target, Path image) {

    /**
     * The artifact of a target that is called after another file: of {@code hello.elf} (or just
     * {@code hello}) come {@code hello.elf}, {@code hello-xen-pvh.elf}, {@code hello-bare.img} and
     * so on.
     */
    public static Artifact named(Path base, Target target) {
        String stem = base.getFileName().toString().replaceFirst("\\.(elf|img|bzimage)$", "");
        String name =
                switch (target) {
                    case QEMU -> stem + ".elf";
                    case BZIMAGE -> stem + ".bzimage";
                    case XEN_PVH, XEN_PV -> stem + "-" + target + ".elf";
                    case XEN_HVM, BARE, VMWARE, HYPERV -> stem + "-" + target + ".img";
                };
        return new Artifact(target, base.resolveSibling(name));
    }

    /** The target's name, which tells a program's artifacts apart. */
    public String classifier() {
        return target.word();
    }

    /**
     * Whether it is for the target of that name.
     *
     * @throws dev.cortado.image.UserError if there is no such target
     */
    public boolean isFor(String word) {
        return target == TargetChoice.parse(word).target();
    }

    /**
     * The artifacts of a project that names one for QEMU and wants several targets: that one, and
     * {@link #named} for others.
     *
     * @throws dev.cortado.image.UserError if there is no target
     */
    public static List<Artifact> ofProject(Path image, List<Target> targets) {
        List<Artifact> artifacts =
                targets.stream()
                        .distinct()
                        .map(target ->
                                target == Target.QEMU
                                        ? new Artifact(target, image)
                                        : named(image, target))
                        .toList();
        if (artifacts.isEmpty()) {
            throw new UserError(
                    "targets is empty: set it to some of "
                            + String.join(", ", TargetChoice.words()));
        }
        return artifacts;
    }

    /** {@link #named} for several targets; each once, in their order. */
    public static List<Artifact> named(Path base, List<Target> targets) {
        return targets.stream().distinct().map(target -> named(base, target)).toList();
    }
}
