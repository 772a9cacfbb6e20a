package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.random.HardwareRandom;
import java.security.DrbgParameters;
import java.security.SecureRandomParameters;

/**
 * A generator of the kind "DRBG" has a state of its own, of which a snapshot has a copy: what it
 * gives out depends on the pool too (as the additional input of NIST SP 800-90A, 9.3), which knows
 * of snapshots.
 */
@TargetClass(className = "sun.security.provider.AbstractDrbg")
final class Target_sun_security_provider_AbstractDrbg {
    @Alias
    protected native void engineNextBytes(byte[] result, SecureRandomParameters parameters);

    @Substitute
    protected void engineNextBytes(byte[] result) {
        byte[] fresh = HardwareRandom.bytes(HardwareRandom.ENTROPY_BYTES);
        engineNextBytes(result, DrbgParameters.nextBytes(-1, false, fresh));
    }
}
