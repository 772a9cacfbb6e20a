package dev.cortado.kernel.substrate;

import org.graalvm.nativeimage.Platform;

/** The platform that images are compiled for: an x86-64 machine without an operating system. */
public class CortadoPlatform implements Platform.AMD64 {
    @Override
    public String getOS() {
        return "cortado";
    }
}
