package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.random.HardwareRandom;

/**
 * Seeds for the JDK's own generators. All of the class is replaced: its initializer would start
 * threads to gather entropy.
 */
@Substitute
@TargetClass(className = "sun.security.provider.SeedGenerator")
final class Target_sun_security_provider_SeedGenerator {
    private Target_sun_security_provider_SeedGenerator() {}

    @Substitute
    public static void generateSeed(byte[] result) {
        HardwareRandom.POOL.next(result);
    }

    @Substitute
    static byte[] getSystemEntropy() {
        return HardwareRandom.bytes(HardwareRandom.ENTROPY_BYTES);
    }
}
