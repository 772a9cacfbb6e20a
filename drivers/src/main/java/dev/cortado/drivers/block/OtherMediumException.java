package dev.cortado.drivers.block;

import java.io.IOException;

/** A device may have another medium than the one that was found: nobody knows what is on it. */
public final class OtherMediumException extends IOException {
    private static final long serialVersionUID = 1;

    public OtherMediumException(String message) {
        super(message);
    }
}
