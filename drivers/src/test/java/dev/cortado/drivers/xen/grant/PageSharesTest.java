package dev.cortado.drivers.xen.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PageSharesTest {
    private static final int PAGES = 200;
    private final PageShares shares = new PageShares(PAGES);

    /** Takes as many as it gets. */
    private List<Integer> takeAll(int domain) {
        List<Integer> pages = new ArrayList<>();
        for (int page = shares.take(domain); page >= 0; page = shares.take(domain)) {
            pages.add(page);
        }
        return pages;
    }

    @Test
    void oneDomainHasAtMostHalf() {
        assertEquals(PAGES / 2, takeAll(5).size());
    }

    @Test
    void whoComesNextIsServedWhateverTheOthersDo() {
        takeAll(0);
        assertEquals(PAGES / 4, takeAll(1).size());
        assertEquals(PAGES / 8, takeAll(2).size());
        assertNotEquals(PageShares.NONE, shares.take(3));
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        List<Integer> pages = takeAll(5);
        assertEquals(PageShares.NONE, shares.take(5));
        shares.give(pages.get(7));
        assertFalse(shares.isTaken(pages.get(7)));
        assertEquals(pages.get(7), shares.take(5));
        assertTrue(shares.isTaken(pages.get(7)));
    }

    @Test
    void noPageOutsideIsTaken() {
        takeAll(5);
        assertFalse(shares.isTaken(-1));
        assertFalse(shares.isTaken(PAGES));
        assertFalse(shares.isTaken(PAGES - 1));
    }
}
