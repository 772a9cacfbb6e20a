package dev.cortado.drivers.xen.lifecycle;

/** What a kind of domain has to do for frames of RAM that go to Xen and come back. */
public interface FrameSpace {
    /**
     * A frame is about to go: nobody may reach it any more.
     *
     * @return what Xen calls it
     */
    long leave(long frame);

    /**
     * A frame is there again, or could not go.
     *
     * @param xens what Xen calls it
     */
    void come(long frame, long xens);
}
