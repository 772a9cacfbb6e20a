package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.zip.Checksums;
import java.util.zip.CRC32;

/** The natives of {@link CRC32}. */
@TargetClass(CRC32.class)
final class Target_java_util_zip_CRC32 {
    private Target_java_util_zip_CRC32() {}

    @Substitute
    private static int update(int crc, int value) {
        return Checksums.crc32(crc, new byte[] {(byte) value}, 0, 1);
    }

    @Substitute
    private static int updateBytes0(int crc, byte[] bytes, int offset, int length) {
        return Checksums.crc32(crc, bytes, offset, length);
    }

    @Substitute
    private static int updateByteBuffer0(int crc, long address, int offset, int length) {
        return NativeBytes.sum(crc, address + offset, length, Checksums::crc32);
    }
}
