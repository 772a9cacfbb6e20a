package dev.cortado.runtime.net.tcp;

/** What a connection does when it, or one of its directions, comes to an end. */
interface Ending {
    /** Our FIN was acknowledged. */
    void ownFinAcknowledged(long now);

    /** The other side's FIN has come, and all before it. */
    void peerFinArrived(long now);

    /**
     * It is over at once.
     *
     * @param error why; null if there is nobody to tell
     */
    void abort(TcpError error);
}
