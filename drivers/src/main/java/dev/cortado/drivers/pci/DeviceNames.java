package dev.cortado.drivers.pci;

/** Words for vendors that hypervisors show, and for classes (PCI Code and ID Assignment, 1). */
final class DeviceNames {
    private DeviceNames() {}

    static String vendor(int vendor) {
        return switch (vendor) {
            case 0x1002 -> "AMD/ATI";
            case 0x1011 -> "DEC";
            case 0x1013 -> "Cirrus Logic";
            case 0x1022 -> "AMD";
            case 0x106b -> "Apple";
            case 0x10de -> "NVIDIA";
            case 0x10ec -> "Realtek";
            case 0x1000 -> "LSI Logic";
            case 0x1234 -> "QEMU";
            case 0x1414 -> "Microsoft";
            case 0x144d -> "Samsung";
            case 0x14e4 -> "Broadcom";
            case 0x15ad -> "VMware";
            case 0x15b3 -> "Mellanox";
            case 0x1ae0 -> "Google";
            case 0x1af4 -> "Red Hat (virtio)";
            case 0x1b36 -> "Red Hat (QEMU)";
            case 0x1d0f -> "Amazon";
            case 0x5853 -> "XenSource";
            case 0x8086 -> "Intel";
            case 0x80ee -> "VirtualBox";
            default -> "vendor " + PciAddress.hex(vendor, 4);
        };
    }

    /**
     * @param code 24 bits: base class, sub-class, programming interface
     */
    static String deviceClass(int code) {
        return switch (code >>> 8) {
            case 0x00ff -> "device of no class";
            case 0x0100 -> "SCSI controller";
            case 0x0101 -> "IDE controller";
            case 0x0106 -> "SATA controller";
            case 0x0108 -> "NVM controller";
            case 0x0200 -> "Ethernet controller";
            case 0x0300 -> "VGA controller";
            case 0x0403 -> "audio device";
            case 0x0600 -> "host bridge";
            case 0x0601 -> "ISA bridge";
            case 0x0604 -> "PCI bridge";
            case 0x0680 -> "bridge";
            case 0x0700 -> "serial controller";
            case 0x0880 -> "system peripheral";
            case 0x0c03 -> "USB controller";
            case 0x0c05 -> "SMBus";
            default -> baseClass(code);
        };
    }

    private static String baseClass(int code) {
        String word =
                switch (code >>> 16) {
                    case 0x00 -> "device older than classes";
                    case 0x01 -> "storage controller";
                    case 0x02 -> "network controller";
                    case 0x03 -> "display controller";
                    case 0x04 -> "multimedia device";
                    case 0x05 -> "memory controller";
                    case 0x06 -> "bridge";
                    case 0x07 -> "communication controller";
                    case 0x08 -> "system peripheral";
                    case 0x09 -> "input device";
                    case 0x0b -> "processor";
                    case 0x0c -> "serial bus controller";
                    case 0x0d -> "wireless controller";
                    case 0x10 -> "encryption controller";
                    case 0x12 -> "processing accelerator";
                    default -> "device";
                };
        return word + " of class " + PciAddress.hex(code, 6);
    }
}
