package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.IOException;

/** Connecting without waiting. */
@TargetClass(className = "sun.nio.ch.UnixAsynchronousSocketChannelImpl")
final class Target_sun_nio_ch_UnixAsynchronousSocketChannelImpl {
    /** Fails as connecting has failed. */
    @Substitute
    private static void checkConnect(int number) throws IOException {
        SocketCalls.checkConnect(number);
    }
}
