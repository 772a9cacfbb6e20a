package dev.cortado.kernel.start;

import com.oracle.svm.core.Uninterruptible;

/**
 * How the loader tells what machine this is. Which one an image has is decided while it is built,
 * see {@link BootInformation#setProtocol}.
 */
public interface StartProtocol {
    /**
     * Copies what the loader left to {@link BootInformation}, and what is in memory that is about
     * to be handed out.
     *
     * @param protocol one of {@link dev.cortado.boot.layout.BootProtocol}
     * @param information physical address of what the protocol hands over
     * @return false if that makes no sense
     */
    @Uninterruptible(reason = BootInformation.REASON)
    boolean read(long protocol, long information);
}
