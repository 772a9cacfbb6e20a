package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import dev.cortado.runtime.random.HardwareRandom;
import java.io.File;

/** The system's random numbers, which are files on Unix, are the pool's: it never runs dry. */
@TargetClass(className = "sun.security.provider.NativePRNG", innerClass = "RandomIO")
final class Target_sun_security_provider_NativePRNG_RandomIO {
    @Substitute
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    @SuppressWarnings("unused")
    Target_sun_security_provider_NativePRNG_RandomIO(File seedFile, File nextFile) {}

    @Substitute
    private void implSetSeed(byte[] seed) {
        HardwareRandom.POOL.add(seed);
    }

    @Substitute
    private void implNextBytes(byte[] bytes) {
        HardwareRandom.POOL.next(bytes);
    }

    @Substitute
    private byte[] implGenerateSeed(int count) {
        return HardwareRandom.bytes(count);
    }
}
