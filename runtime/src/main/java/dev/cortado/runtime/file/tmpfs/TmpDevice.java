package dev.cortado.runtime.file.tmpfs;

import dev.cortado.runtime.file.FileKind;

/** A name for a character device; what is behind it is known above. */
final class TmpDevice extends TmpInode {
    private final long deviceNumber;

    TmpDevice(TmpFileSystem owner, long number, int permissions, long deviceNumber) {
        super(owner, number, FileKind.CHARACTER_DEVICE, permissions);
        this.deviceNumber = deviceNumber;
    }

    @Override
    long represented() {
        return deviceNumber;
    }

    @Override
    long size() {
        return 0;
    }

    @Override
    long pages() {
        return 0;
    }

    @Override
    void clear() {}
}
