package dev.cortado.image.run;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.UserError;
import dev.cortado.image.build.Artifact;
import dev.cortado.image.image.ImageFile;
import java.util.List;
import java.util.Locale;

/** The hypervisors that can be asked to run an image. */
public enum HypervisorName {
    /** QEMU, which is installed like any program. */
    QEMU,
    /** The Xen that this machine runs on, asked by its toolstack xl. */
    XEN,
    /** The QEMU of this machine's libvirt, asked by its program virsh. */
    LIBVIRT;

    /**
     * The hypervisor of that name.
     *
     * @throws UserError if there is none
     */
    public static HypervisorName parse(String word) {
        for (HypervisorName name : values()) {
            if (name.toString().equals(word.strip().toLowerCase(Locale.ROOT))) {
                return name;
            }
        }
        throw new UserError("\"%s\" runs no images: use qemu, xen or libvirt".formatted(word));
    }

    /** A hypervisor for the terminal that this process was started from. */
    public Hypervisor create() {
        return switch (this) {
            case QEMU -> new QemuRunner();
            case XEN -> new XenRunner();
            case LIBVIRT -> new LibvirtRunner();
        };
    }

    /** Whether it runs that artifact. */
    public boolean runs(Artifact artifact) {
        return runs(artifact.target());
    }

    private boolean runs(Target target) {
        return target.isXen() == (this == XEN);
    }

    /**
     * @throws UserError if an image is for the other one
     */
    void requireRuns(ImageFile image) {
        List<String> words = image.manifest().targets();
        List<Target> targets = words.stream().flatMap(word -> Target.of(word).stream()).toList();
        if (targets.stream().noneMatch(this::runs)) {
            throw new UserError(
                    "%s is for %s: ".formatted(image.file(), String.join(", ", words))
                            + elsewhere());
        }
    }

    private String elsewhere() {
        return switch (this) {
            case QEMU ->
                    "run it with --on xen, or start it in dom0 with xl create; for QEMU, build it"
                            + " with --target qemu";
            case XEN -> "for Xen, build it with --target xen-pvh (or xen-pv, xen-hvm)";
            case LIBVIRT ->
                    "run it with --on xen; for libvirt's QEMU, build it with --target qemu or bare";
        };
    }

    /**
     * @throws UserError if something is wanted that only libvirt has
     */
    void requireNoConnection(RunRequest request) {
        if (request.connection().isPresent()) {
            throw new UserError("--connect is for libvirt: add --on libvirt, or leave it out");
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
