package dev.cortado.image.format.libvirt;

import dev.cortado.image.UserError;
import dev.cortado.image.disk.DiskFile;
import dev.cortado.image.format.hardware.VirtualHardware.DiskController;
import dev.cortado.image.format.xml.XmlText;
import java.util.Optional;

/** A domain's disks. */
final class DomainDisks {
    private static final int LETTERS = 26;

    private final DomainMachine machine;
    private final DiskController controller;
    private int count;

    DomainDisks(DomainMachine machine) {
        this.machine = machine;
        controller = machine.hardware().disk();
    }

    /**
     * @param bootsFromDisk whether the first one is what it is started from
     * @param image that one, escaped
     * @throws UserError if there are too many
     */
    String render(boolean bootsFromDisk, String image) {
        StringBuilder text = new StringBuilder();
        if (bootsFromDisk) {
            text.append(disk(image, "raw", controller, false, Optional.empty()));
            text.append(controller());
        }
        if (count + machine.disks().size() > LETTERS) {
            throw new UserError("--disk: there are more disks than letters");
        }
        for (DiskFile disk : machine.disks()) {
            String file = XmlText.escape(disk.file().toAbsolutePath().normalize().toString());
            text.append(
                    disk(
                            file,
                            disk.format().word(),
                            DiskController.VIRTIO,
                            disk.readOnly(),
                            disk.serialNumber()));
        }
        return text.toString();
    }

    private String disk(
            String file,
            String format,
            DiskController on,
            boolean readOnly,
            Optional<String> serial) {
        return """
            <disk type="file" device="disk">
              <driver name="qemu" type="%s"/>
              <source file="%s"/>
              <target dev="%s%c" bus="%s"/>
        %s%s    </disk>
        """
                .formatted(
                        format,
                        file,
                        prefix(on),
                        'a' + count++,
                        bus(on),
                        readOnly ? "      <readonly/>\n" : "",
                        serial.map(DomainDisks::serial).orElse(""));
    }

    private static String serial(String number) {
        return "      <serial>" + XmlText.escape(number) + "</serial>\n";
    }

    /** What libvirt would not take by itself. */
    private String controller() {
        return controller == DiskController.PVSCSI
                ? "    <controller type=\"scsi\" index=\"0\" model=\"vmpvscsi\"/>\n"
                : "";
    }

    private static String prefix(DiskController controller) {
        return switch (controller) {
            case VIRTIO -> "vd";
            case IDE, XEN -> "hd";
            case PVSCSI, AHCI -> "sd";
        };
    }

    private static String bus(DiskController controller) {
        return switch (controller) {
            case VIRTIO -> "virtio";
            case PVSCSI -> "scsi";
            case AHCI -> "sata";
            case IDE, XEN -> "ide";
        };
    }
}
