package dev.cortado.runtime.file.device;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import java.nio.ByteBuffer;

/** Zeros to be read, and no room for anything (full(4)). */
final class FullDevice extends ZeroDevice {
    @Override
    public int write(ByteBuffer from) throws FileException {
        if (from.hasRemaining()) {
            throw new FileException(Errno.ENOSPC);
        }
        return 0;
    }

    @Override
    public OpenFile duplicate() {
        return new FullDevice();
    }
}
