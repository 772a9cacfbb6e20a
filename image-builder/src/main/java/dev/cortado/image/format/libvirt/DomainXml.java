package dev.cortado.image.format.libvirt;

import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.Siblings;
import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.hardware.VirtualHardware.DiskController;
import dev.cortado.image.format.hardware.VirtualHardware.NetworkCard;
import dev.cortado.image.format.xml.XmlDescriptor;
import dev.cortado.image.format.xml.XmlText;
import dev.cortado.image.image.AtomicFile;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A domain that starts an image where it lies: {@code virsh create app.xml --console}. */
public final class DomainXml {
    private static final int LOOKED_AT_BYTES = 4096;
    private static final Pattern BEGIN = Pattern.compile("<domain[\\s>].*", Pattern.DOTALL);

    private final ImageFile image;
    private final VirtualHardware hardware;
    private final String path;

    private DomainXml(ImageFile image, VirtualHardware hardware) {
        this.image = image;
        this.hardware = hardware;
        // libvirt's daemon works elsewhere.
        path = XmlText.escape(image.file().toAbsolutePath().normalize().toString());
    }

    /**
     * @param image a disk byte by byte or a kernel
     * @throws dev.cortado.image.UserError if it cannot be written
     */
    public static void write(ImageFile image, VirtualHardware hardware, Path output) {
        String text = new DomainXml(image, hardware).render();
        AtomicFile.write(output, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String render() {
        return """
        <domain type="%s">
          <name>%s</name>
          <uuid>%s</uuid>
          <memory unit="MiB">%d</memory>
          <vcpu>1</vcpu>
          <os>
        %s  </os>
        %s  <on_poweroff>destroy</on_poweroff>
          <on_reboot>restart</on_reboot>
          <on_crash>destroy</on_crash>
          <devices>
        %s    <interface type="%s">
              <source %s/>
        %s    </interface>
            <console type="pty"/>
          </devices>
        </domain>
        """
                .formatted(
                        hardware.isXen() ? "xen" : "kvm",
                        hardware.name(),
                        hardware.id(),
                        hardware.memory(),
                        system(),
                        features(),
                        disk(),
                        hardware.isXen() ? "bridge" : "network",
                        hardware.isXen() ? "bridge=\"xenbr0\"" : "network=\"default\"",
                        model());
    }

    private boolean isDisk() {
        return image.format() == ImageFormat.DISK;
    }

    private String system() {
        String kernel = "    <kernel>" + path + "</kernel>\n";
        if (isDisk()) {
            return """
                <type arch="x86_64">hvm</type>
                <boot dev="hd"/>
            """;
        }
        if (!hardware.isXen()) {
            return "    <type arch=\"x86_64\" machine=\"q35\">hvm</type>\n" + kernel;
        }
        boolean isPv = image.manifest().targets().contains("xen-pv");
        return isPv
                ? "    <type arch=\"x86_64\" machine=\"xenpv\">linux</type>\n" + kernel
                : "    <type arch=\"x86_64\" machine=\"xenpvh\">xenpvh</type>\n" + kernel;
    }

    /** A domain of Xen's type pv has no hardware to be described. */
    private String features() {
        return hardware.isXen() && !isDisk()
                ? ""
                : """
                  <features>
                    <acpi/>
                    <apic/>
                  </features>
                """;
    }

    private String disk() {
        if (!isDisk()) {
            return "";
        }
        return """
            <disk type="file" device="disk">
              <driver name="qemu" type="raw"/>
              <source file="%s"/>
              <target dev="%s" bus="%s"/>
            </disk>
        %s\
        """
                .formatted(path, device(), bus(), controller());
    }

    /** What libvirt would not take by itself. */
    private String controller() {
        return hardware.disk() == DiskController.PVSCSI
                ? "    <controller type=\"scsi\" index=\"0\" model=\"vmpvscsi\"/>\n"
                : "";
    }

    private String device() {
        return switch (hardware.disk()) {
            case VIRTIO -> "vda";
            case IDE, XEN -> "hda";
            case PVSCSI, AHCI -> "sda";
        };
    }

    private String bus() {
        return switch (hardware.disk()) {
            case VIRTIO -> "virtio";
            case PVSCSI -> "scsi";
            case AHCI -> "sata";
            case IDE, XEN -> "ide";
        };
    }

    private String model() {
        if (hardware.card() == NetworkCard.XEN) {
            return isDisk() ? "      <model type=\"netfront\"/>\n" : "";
        }
        String model =
                switch (hardware.card()) {
                    case VIRTIO -> "virtio";
                    case VMXNET3 -> "vmxnet3";
                    case TULIP -> "tulip";
                    default -> "e1000";
                };
        return "      <model type=\"" + model + "\"/>\n";
    }

    /** Whether a file begins as such a text, behind its declaration and comments. */
    public static boolean is(ByteSource file) {
        int length = (int) Math.min(file.size(), LOOKED_AT_BYTES);
        byte[] begin = file.bytes(0, length, "the text").array();
        String text = new String(begin, StandardCharsets.UTF_8).stripLeading();
        text = text.startsWith("<?xml") ? behind("?>", text) : text;
        while (text.startsWith("<!--")) {
            text = behind("-->", text);
        }
        return BEGIN.matcher(text).matches();
    }

    private static String behind(String end, String text) {
        int at = text.indexOf(end);
        return at < 0 ? "" : text.substring(at + end.length()).stripLeading();
    }

    /**
     * Opens its kernel or, if it has none, its first disk.
     *
     * @throws dev.cortado.image.UserError if it has neither, or that is not there
     */
    public static ByteSource open(ByteSource file, Siblings siblings) {
        XmlDescriptor domain = XmlDescriptor.read(file);
        String kernel =
                domain.elements("kernel").stream()
                        .map(element -> element.getTextContent().strip())
                        .findFirst()
                        .orElse("");
        String name = kernel.isEmpty() ? disk(domain) : kernel;
        return siblings.open(file, name);
    }

    private static String disk(XmlDescriptor domain) {
        return domain.elements("disk").stream()
                .flatMap(disk -> XmlDescriptor.children(disk).stream())
                .filter(element -> "source".equals(element.getLocalName()))
                .flatMap(source -> XmlDescriptor.attribute(source, "file").stream())
                .findFirst()
                .orElseThrow(() -> domain.file().unsupported("it has neither kernel nor disk"));
    }
}
