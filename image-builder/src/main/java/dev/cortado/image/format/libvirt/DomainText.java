package dev.cortado.image.format.libvirt;

import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.hardware.VirtualHardware.NetworkCard;
import dev.cortado.image.format.xml.XmlText;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageFormat;
import java.nio.file.Path;

/** The description of one domain. */
final class DomainText {
    private final ImageFile image;
    private final DomainMachine machine;
    private final VirtualHardware hardware;

    DomainText(ImageFile image, DomainMachine machine) {
        this.image = image;
        this.machine = machine;
        hardware = machine.hardware();
    }

    String render() {
        return """
        <domain type="%s">
          <name>%s</name>
          <uuid>%s</uuid>
          <memory unit="MiB">%d</memory>
          <vcpu>%d</vcpu>
          <os>
        %s  </os>
        %s%s  <on_poweroff>destroy</on_poweroff>
          <on_reboot>%s</on_reboot>
          <on_crash>destroy</on_crash>
          <devices>
        %s%s%s  </devices>
        </domain>
        """
                .formatted(
                        type(),
                        hardware.name(),
                        hardware.id(),
                        hardware.memory(),
                        machine.cpus(),
                        system(),
                        features(),
                        processor(),
                        // Whoever waits at the console wants to know that it has ended.
                        machine.ports().isPresent() ? "destroy" : "restart",
                        new DomainDisks(machine).render(isDisk(), file(image.file())),
                        network(),
                        console());
    }

    private String type() {
        if (hardware.isXen()) {
            return "xen";
        }
        return machine.isEmulated() ? "qemu" : "kvm";
    }

    private boolean isDisk() {
        return image.format() == ImageFormat.DISK;
    }

    /** libvirt's daemon works elsewhere. */
    private static String file(Path path) {
        return XmlText.escape(path.toAbsolutePath().normalize().toString());
    }

    private String system() {
        if (isDisk()) {
            return "    <type arch=\"x86_64\"%s>hvm</type>\n%s    <boot dev=\"hd\"/>\n"
                    .formatted(machine.type().map(DomainText::machine).orElse(""), firmware());
        }
        String kernel = "    <kernel>" + file(image.file()) + "</kernel>\n";
        if (!machine.commandLine().isEmpty()) {
            kernel += "    <cmdline>" + XmlText.escape(machine.commandLine()) + "</cmdline>\n";
        }
        if (!hardware.isXen()) {
            return "    <type arch=\"x86_64\"%s>hvm</type>\n%s%s"
                    .formatted(machine(machine.type().orElse("q35")), firmware(), kernel);
        }
        boolean isPv = image.manifest().targets().contains("xen-pv");
        return isPv
                ? "    <type arch=\"x86_64\" machine=\"xenpv\">linux</type>\n" + kernel
                : "    <type arch=\"x86_64\" machine=\"xenpvh\">xenpvh</type>\n" + kernel;
    }

    private static String machine(String type) {
        return " machine=\"" + type + "\"";
    }

    private String firmware() {
        return machine.firmware()
                .map(firmware ->
                        """
                            <loader readonly="yes" type="pflash">%s</loader>
                            <nvram template="%s"/>
                        """
                                .formatted(file(firmware.code()), file(firmware.variables())))
                .orElse("");
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

    /** All that there is: libvirt's own choice is a processor of twenty years ago. */
    private String processor() {
        return hardware.isXen() ? "" : "  <cpu mode=\"maximum\"/>\n";
    }

    private String network() {
        if (!machine.hasNetwork()) {
            return "";
        }
        return """
            <interface type="%s">
        %s%s    </interface>
        """
                .formatted(networkType(), source(), model());
    }

    /** Whoever waits at the console has QEMU's own network, which nobody has to set up. */
    private String networkType() {
        if (hardware.isXen()) {
            return "bridge";
        }
        return machine.ports().isPresent() ? "user" : "network";
    }

    private String source() {
        return switch (networkType()) {
            case "bridge" -> "      <source bridge=\"xenbr0\"/>\n";
            case "network" -> "      <source network=\"default\"/>\n";
            default -> "";
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

    private String console() {
        return machine.ports().map(DomainText::ports).orElse("    <console type=\"pty\"/>\n");
    }

    /**
     * libvirt knows no debug console of QEMU's. A serial port at its place takes the same bytes.
     */
    private static String ports(DomainMachine.Ports ports) {
        return """
            <serial type="unix">
              <source mode="connect" path="%s"/>
              <target type="isa-serial" port="0"/>
            </serial>
            <serial type="unix">
              <source mode="connect" path="%s"/>
              <target type="isa-serial" port="1"/>
              <address type="isa" iobase="0xe9" irq="0x5"/>
            </serial>
        """
                .formatted(file(ports.console()), file(ports.status()));
    }
}
