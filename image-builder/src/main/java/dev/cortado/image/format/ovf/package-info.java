/** Packages of the Open Virtualization Format (DMTF DSP0243, 1.1.0 and 2.0.1). */
package dev.cortado.image.format.ovf;
