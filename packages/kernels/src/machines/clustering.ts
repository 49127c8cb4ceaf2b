import type { Wasm } from "../../dist/wasm.d.ts";
import { checkArray, checkFinite, checkInteger, checkNumber, checkShaped } from "../check.ts";
import { openHandle } from "../training/job.ts";

export interface ClusteringOptions {
  /** Coordinates of a point, 1 to 1,024. */
  readonly dimension: number;
  /** Points closer than this join, 1e-300 to 1e300. */
  readonly tolerance: number;
  /** Most representatives, 1 to 2^20; times the dimension at most 2^24. */
  readonly capacity: number;
}

/** Clusters inside WebAssembly. */
export interface Clustering {
  /**
   * Adds points [rows, dimension] in order; returns the number of the cluster that each joins
   * [rows]. Clusters are numbered by their first point, the representative. A point that would need
   * one beyond the capacity gets -1 and leaves no trace.
   *
   * classes [rows] are integers from 0, or -1 for unknown, as all are by default. Points of
   * different classes never join; a point of unknown class joins any, and a representative of
   * unknown class takes the first known one that joins it.
   */
  add(points: Float64Array, classes?: Int32Array): Int32Array;
  /** Frees the clusters' memory. Any other call throws afterwards. */
  dispose(): void;
}

const mostCoordinates = 2 ** 24;

/**
 * Leader clustering by tolerance (Hartigan, "Clustering algorithms", 1975, chapter 3): each point
 * in order joins the nearest representative, by the largest difference of a coordinate, that is
 * closer than the tolerance, the first one of equally near ones, or else becomes a representative.
 * Found through a grid, so that the work is near-linear in the points while few representatives lie
 * within the tolerance of a point in the coordinates that tell them apart.
 *
 * Throws RangeError that names the option which is out of range; `add` throws for points not finite
 * and lengths that do not fit.
 */
export function createClustering(wasm: Wasm, options: ClusteringOptions): Clustering {
  const { dimension, tolerance, capacity } = options;
  checkInteger("dimension", dimension, 1, 1024);
  checkNumber("tolerance", tolerance, 1e-300, 1e300);
  checkInteger("capacity", capacity, 1, 2 ** 20);
  checkInteger("capacity * dimension", capacity * dimension, 1, mostCoordinates);
  const pointer = wasm.clusteringCreate(dimension, tolerance, capacity);
  const handle = openHandle("Clustering", pointer, wasm.clusteringDispose);
  return {
    add(points, classes) {
      const open = handle.pointer();
      checkArray("points", points, Float64Array);
      checkInteger("the length of points", points.length, 0, mostCoordinates);
      const rows = points.length / dimension;
      checkInteger("the length of points / dimension", rows, 0, mostCoordinates);
      checkFinite("points", points);
      if (classes) {
        checkShaped("classes", classes, Int32Array, "[rows]", rows);
        const at = classes.findIndex((value) => value < -1);
        if (at >= 0) throw new RangeError(`classes[${at}] is ${classes[at]}, must be at least -1`);
      }
      return wasm.clusteringAdd(open, points, classes ?? new Int32Array(0));
    },
    dispose: handle.dispose,
  };
}

/**
 * The clusters of points [rows, dimension] as `createClustering` makes them: labels [rows], the
 * number of each point's cluster, and representatives [clusters], the row of each one's first
 * point.
 *
 * Throws RangeError for rows outside 1 to 2^20, a dimension outside 1 to 1,024, more than 2^24
 * numbers, a wrong length, points not finite, or a tolerance outside 1e-300 to 1e300.
 */
export function clusterPoints(
  wasm: Wasm,
  points: Float64Array,
  rows: number,
  dimension: number,
  tolerance: number,
): { labels: Int32Array; representatives: Int32Array } {
  checkInteger("rows", rows, 1, 2 ** 20);
  checkInteger("dimension", dimension, 1, 1024);
  checkShaped("points", points, Float64Array, "[rows, dimension]", rows * dimension);
  const clustering = createClustering(wasm, { dimension, tolerance, capacity: rows });
  try {
    const labels = clustering.add(points);
    const representatives: number[] = [];
    labels.forEach((label, row) => {
      if (label === representatives.length) representatives.push(row);
    });
    return { labels, representatives: Int32Array.from(representatives) };
  } finally {
    clustering.dispose();
  }
}
