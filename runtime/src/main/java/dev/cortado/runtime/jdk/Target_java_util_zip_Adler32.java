package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.zip.Checksums;
import java.util.zip.Adler32;

/** The natives of {@link Adler32}. */
@TargetClass(Adler32.class)
final class Target_java_util_zip_Adler32 {
    private Target_java_util_zip_Adler32() {}

    @Substitute
    private static int update(int adler, int value) {
        return Checksums.adler32(adler, new byte[] {(byte) value}, 0, 1);
    }

    @Substitute
    private static int updateBytes(int adler, byte[] bytes, int offset, int length) {
        return Checksums.adler32(adler, bytes, offset, length);
    }

    @Substitute
    private static int updateByteBuffer(int adler, long address, int offset, int length) {
        return NativeBytes.sum(adler, address + offset, length, Checksums::adler32);
    }
}
