package dev.cortado.image.format;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.UserError;
import dev.cortado.image.image.ImageFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an image can be made into for the programs that import it. */
public enum OutputFormat {
    RAW("raw", ".raw", Needs.DISK, "a disk byte by byte"),
    KERNEL("kernel", ".elf", Needs.DISK, "the kernel on a disk, for GRUB's multiboot2"),
    QCOW2("qcow2", ".qcow2", Needs.DISK, "a disk of QEMU's, compressed"),
    VMDK("vmdk", ".vmdk", Needs.DISK, "a disk of VMware's, which grows"),
    VMDK_STREAM("vmdk-stream", "-stream.vmdk", Needs.DISK, "the same to be sent, compressed"),
    VHD("vhd", ".vhd", Needs.DISK, "a disk of Virtual PC's and Hyper-V's, which grows"),
    VHD_FIXED("vhd-fixed", "-fixed.vhd", Needs.DISK, "the same byte by byte, as Azure takes it"),
    VHDX("vhdx", ".vhdx", Needs.DISK, "a disk of Hyper-V's, which grows"),
    ISO("iso", ".iso", Needs.DISK, "a CD"),
    OVA("ova", ".ova", Needs.DISK, "a machine for VMware and VirtualBox, OVF 1.1"),
    OVA_2("ova-2", "-2.ova", Needs.DISK, "the same as OVF 2.0"),
    VMX("vmx", ".vmx", Needs.DISK, "a machine for VMware, beside its .vmdk"),
    XVA("xva", ".xva", Needs.XEN_DISK, "a machine for XenServer and XCP-ng"),
    ORACLE_VM("oracle-vm", ".tgz", Needs.XEN_DISK, "a template for Oracle VM and xVM Server"),
    LIBVIRT("libvirt", ".xml", Needs.ANY, "a domain for libvirt, which starts the image"),
    FIRECRACKER("firecracker", ".firecracker.json", Needs.KERNEL, "a machine for Firecracker"),
    CONTAINER_DISK(
            "containerdisk",
            "-containerdisk.tar",
            Needs.DISK,
            "an OCI image for KubeVirt, and a manifest"),
    KERNEL_BOOT(
            "kernelboot",
            "-kernelboot.tar",
            Needs.KERNEL,
            "an OCI image for KubeVirt's kernelBoot, and a manifest");

    private final String word;
    private final String suffix;
    private final Needs needs;
    private final String description;

    OutputFormat(String word, String suffix, Needs needs, String description) {
        this.word = word;
        this.suffix = suffix;
        this.needs = needs;
        this.description = description;
    }

    /** What of an image it is made from. */
    private enum Needs {
        DISK("a disk"),
        XEN_DISK("a disk for Xen"),
        KERNEL("a kernel that QEMU starts through PVH"),
        ANY("an image");

        private final String words;

        Needs(String words) {
            this.words = words;
        }

        /**
         * @param protocols names of the ways in which an image can be started
         */
        boolean areMetBy(List<String> protocols, boolean isXen) {
            boolean isDisk = protocols.contains("bios");
            return switch (this) {
                case DISK -> isDisk;
                case XEN_DISK -> isDisk && isXen;
                case KERNEL -> protocols.contains("pvh") && !isXen;
                case ANY -> true;
            };
        }
    }

    /** How people write it. */
    public String word() {
        return word;
    }

    /** What it is, in a few words. */
    public String description() {
        return description;
    }

    /** Whether it leads to the image, and has no copy of it. */
    boolean namesTheImage() {
        return this == LIBVIRT || this == FIRECRACKER;
    }

    /** Whether those that take it start machines of QEMU's, or such as have the same devices. */
    boolean isForQemu() {
        return switch (this) {
            case LIBVIRT, FIRECRACKER, CONTAINER_DISK, KERNEL_BOOT -> true;
            default -> false;
        };
    }

    /** Whether the artifact of a target can be made into it. */
    public boolean fits(Target target) {
        return needs.areMetBy(target.bootProtocols(), target.isXen());
    }

    /** Whether an image can be made into it. */
    public boolean fits(ImageFile image) {
        boolean isXen =
                image.manifest().targets().stream().anyMatch(word -> word.startsWith("xen"));
        return needs.areMetBy(image.bootProtocols(), isXen);
    }

    /**
     * Refuses an image that cannot be made into it.
     *
     * @throws UserError that says what can
     */
    public void require(ImageFile image) {
        if (!fits(image)) {
            throw new UserError(
                    "%s cannot be made into %s, which takes %s: build it for %s"
                            .formatted(image.file(), word, needs.words, targets()));
        }
    }

    /**
     * Refuses a build of which nothing can be made into it.
     *
     * @throws UserError that says which targets' artifacts can
     */
    public void require(List<Target> targets) {
        if (targets.stream().noneMatch(this::fits)) {
            throw new UserError(
                    ("--format %s takes %s, and none of the targets (%s) gives one:"
                                    + " add one of %s with --target")
                            .formatted(word, needs.words, words(targets), targets()));
        }
    }

    private String targets() {
        return words(Arrays.stream(Target.values()).filter(this::fits).toList());
    }

    private static String words(List<Target> targets) {
        return String.join(", ", targets.stream().map(Target::word).toList());
    }

    /** Where it is put of an image: {@code app-xen-hvm.qcow2} beside {@code app-xen-hvm.img}. */
    public Path beside(Path image) {
        return image.resolveSibling(stem(image) + suffix);
    }

    private static String stem(Path image) {
        return image.getFileName().toString().replaceFirst("\\.(elf|img|raw)$", "");
    }

    /** The name of what is in a file of this format: the file's, without its ending. */
    String nameIn(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(suffix) && name.length() > suffix.length()
                ? name.substring(0, name.length() - suffix.length())
                : name.replaceFirst("(?<=.)\\.[^.]*$", "");
    }

    /** The words of all. */
    public static List<String> words() {
        return Arrays.stream(values()).map(OutputFormat::word).toList();
    }

    /**
     * The format that people write so.
     *
     * @throws UserError if there is none
     */
    public static OutputFormat parse(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.word.equals(wanted))
                .findFirst()
                .orElseThrow(() ->
                        new UserError(
                                "there is no format \"%s\": there are %s"
                                        .formatted(text.strip(), String.join(", ", words()))));
    }

    /** The format of a file to be made, by the end of its name: the longest that fits. */
    public static Optional<OutputFormat> named(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".img")) {
            return Optional.of(RAW);
        }
        return Arrays.stream(values())
                .filter(format -> name.endsWith(format.suffix))
                .max(Comparator.comparingInt(format -> format.suffix.length()));
    }

    @Override
    public String toString() {
        return word;
    }
}
