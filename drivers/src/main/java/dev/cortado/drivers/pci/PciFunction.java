package dev.cortado.drivers.pci;

/** The configuration registers of one function. */
public record PciFunction(ConfigurationSpace space, PciAddress address) {
    public int read8(int offset) {
        return space.read8(address, offset);
    }

    public int read16(int offset) {
        return space.read16(address, offset);
    }

    public int read32(int offset) {
        return space.read32(address, offset);
    }

    public void write8(int offset, int value) {
        space.write8(address, offset, value);
    }

    public void write16(int offset, int value) {
        space.write16(address, offset, value);
    }

    public void write32(int offset, int value) {
        space.write32(address, offset, value);
    }

    /** Whether anybody answers. */
    boolean isPresent() {
        return read16(ConfigurationHeader.VENDOR_ID) != ConfigurationHeader.NO_VENDOR;
    }

    int headerType() {
        return read8(ConfigurationHeader.HEADER_TYPE) & ConfigurationHeader.TYPE_MASK;
    }

    /** Changes bits of the command register: also for others on the device's line. */
    synchronized void command(int clear, int set) {
        int before = read16(ConfigurationHeader.COMMAND);
        int after = before & ~clear | set;
        if (after != before) {
            write16(ConfigurationHeader.COMMAND, after);
        }
    }

    PciException error(String message) {
        return new PciException(address, message);
    }
}
